import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../problem';
import type { Column } from '../../types/ports';
import { checkExpression } from './check';
import { conditionSql, expressionSql } from './expression-sql';

const columns: readonly Column[] = [
  { name: 'x', type: { kind: 'float' }, role: 'feature' },
  { name: 'two words', type: { kind: 'int' }, role: 'feature' },
  { name: '延误', type: { kind: 'float' }, role: 'feature' },
  { name: 'flag', type: { kind: 'bool' }, role: 'feature' },
  { name: 'word', type: { kind: 'string' }, role: 'feature' },
  { name: 'image', type: { kind: 'tensor', shape: [2, 2], dtype: 'uint8' }, role: 'feature' },
];
const byName = new Map(columns.map((column) => [column.name, column]));

function sqlOf(source: string): string {
  const checked = checkExpression(source, columns);
  if (isProblem(checked)) throw new Error(checked.code);
  return expressionSql(checked.expression, byName);
}

describe('expressions', () => {
  it.each([
    ['x + 2 * x', '(CAST("x" AS DOUBLE) + ((2)::DOUBLE * CAST("x" AS DOUBLE)))'],
    ['-x - -1', '((-CAST("x" AS DOUBLE)) - (-1)::DOUBLE)'],
    ['"two words" / 延误', '(CAST("two words" AS DOUBLE) / nullif(CAST("延误" AS DOUBLE), 0))'],
    ["WORD = 'it''s'", undefined],
    ["word = 'it''s'", `coalesce(CAST("word" AS VARCHAR) = 'it''s', false)`],
    ['not flag or x > 1e2', '((NOT coalesce("flag", false)) OR coalesce(CAST("x" AS DOUBLE) > (100)::DOUBLE, false))'],
  ])('%s', (source, sql) => {
    if (sql === undefined) expect(checkExpression(source, columns)).toMatchObject({ code: 'column-not-found' });
    else expect(sqlOf(source)).toBe(sql);
  });

  it('bind as in SQL', () => {
    const same = (a: string, b: string) => expect(sqlOf(a)).toBe(sqlOf(b));
    same('x + x * x - x', '((x + (x * x)) - x)');
    same('x > 1 or x < 0 and flag', '(x > 1) or ((x < 0) and flag)');
    same('not x > 1 and flag', '(not (x > 1)) and flag');
    same('x between 1 and 2 and flag', '(x >= 1 and x <= 2) and flag');
    same('x IN (1, 2)', 'x = 1 or x = 2');
  });

  it.each([
    ['', 'expression-empty', undefined],
    ['x +', 'expression-ends-early', 4],
    ['(x', 'expression-ends-early', 3],
    ['x x', 'expression-unreadable', 3],
    ['x ; drop table t', 'expression-unreadable', 3],
    ["x = 'open", 'expression-unreadable', 5],
    ['read_text(x)', 'expression-no-function', 1],
    ['if(x > 1, 2)', 'expression-input-count', 1],
    ['x + flag', 'expression-wrong-kind', 5],
    ["x = 'a'", 'expression-wrong-kind', 5],
    ['word > word', 'expression-wrong-kind', 1],
    ['image + 1', 'expression-of-tensor', undefined],
    [`${'('.repeat(500)}x${')'.repeat(500)}`, 'expression-too-deep', undefined],
    ['x+'.repeat(3000), 'expression-too-long', undefined],
  ])('%s is refused', (source, code, place) => {
    const found = checkExpression(source, columns);
    expect(found).toMatchObject({ code });
    if (place !== undefined) expect(found).toMatchObject({ values: { place } });
  });
});

describe('expressions of any kind', () => {
  it('never crash and never let a text through to SQL unquoted', () => {
    const word = fc.constantFrom(
      'x',
      '(',
      ')',
      "'",
      '"',
      'and',
      'not',
      'is',
      'null',
      '1',
      '+',
      ',',
      'if',
      '--',
      ';',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (source) => {
          const checked = checkExpression(source, columns);
          if (isProblem(checked)) return;
          const bare = expressionSql(checked.expression, byName).replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '');
          expect(bare).toMatch(/^[\w\s().,:+\-*/<>=]*$/);
          expect(bare).not.toMatch(/--|\/\*/);
        },
      ),
    );
  });

  it('are plain comparisons where a condition allows it', () => {
    const checked = checkExpression('x > 15 and (word = \'a\' or "two words" <= -2)', columns);
    if (isProblem(checked)) throw new Error(checked.code);
    const text = `coalesce(CAST("word" AS VARCHAR) = 'a', false)`;
    expect(conditionSql(checked.expression, byName)).toBe(`(("x" > 15) AND (${text} OR ("two words" <= -2)))`);
  });
});
