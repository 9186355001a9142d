import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Problem, ProblemError } from '../../../src-shared/problem';
import { explainProblem } from '../../../src-shared/problems/sentences';
import type { CsvOverrides } from '../../../src-shared/runs/values';
import { openTestTables, type TestTables } from './test-tables';

const penguins = join(import.meta.dirname, '../../../resources/examples/data/penguins.csv');
let test: TestTables;
beforeAll(() => {
  test = openTestTables();
});
afterAll(() => test.close());

async function sniff(content: string | Uint8Array, overrides: CsvOverrides = {}) {
  return test.tables.sniffCsv(await test.file('given.csv', content), overrides);
}

/** The problem of a file, which must have a sentence and a fix in both languages with every value filled in. */
async function problemOf(content: string | Uint8Array, overrides: CsvOverrides = {}): Promise<Problem> {
  const error = await sniff(content, overrides).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof ProblemError)) throw new Error(`Expected a problem, found ${String(error)}`);
  for (const language of ['en', 'zh'] as const) {
    const { text, fix } = explainProblem(error.problem, language);
    expect(`${text} ${fix}`).not.toMatch(/undefined|\{\w+\}/);
    expect(text).not.toBe(error.problem.code);
  }
  return error.problem;
}

function encodeUtf16(text: string, bigEndian: boolean, mark: boolean): Uint8Array {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

describe('sniffing a CSV file', () => {
  it('finds the exact facts of the penguins', async () => {
    const facts = await test.tables.sniffCsv(penguins, {});
    expect(facts).toMatchObject({ rows: 344, exact: true, csv: { delimiter: ',', header: true, encoding: 'utf-8' } });
    expect(facts.problems).toBeUndefined();
    const byName = Object.fromEntries(facts.columns.map((column) => [column.name, column]));
    expect(byName.species).toMatchObject({
      type: { kind: 'string' },
      nulls: 0,
      classes: ['Adelie', 'Chinstrap', 'Gentoo'],
    });
    expect(byName.sex).toMatchObject({ nulls: 11, classes: ['female', 'male'] });
    expect(byName.bill_length_mm).toMatchObject({ type: { kind: 'float' }, nulls: 2, range: [32.1, 59.6] });
    expect(byName.body_mass_g).toMatchObject({ type: { kind: 'int' }, nulls: 2, range: [2700, 6300] });
    expect(byName.body_mass_g).not.toHaveProperty('classes');
  });

  it('says columns and types at once, without exact facts', async () => {
    const facts = await test.tables.sniff({ path: penguins, overrides: {}, quick: true });
    expect(facts.exact).toBe(false);
    expect(facts.rows).toBeUndefined();
    expect(facts.columns.map(({ type }) => type.kind)).toEqual([
      'string',
      'string',
      'float',
      'float',
      'int',
      'int',
      'string',
    ]);
  });

  it.each([
    ['a semicolon', 'a;b\n1,5;x\n2,5;y\n', ';'],
    ['a tab', 'a\tb\n1\tx\n2\ty\n', '\t'],
    ['a bar', 'a|b\n1|x\n2|y\n', '|'],
  ])('finds %s', async (_, content, delimiter) => {
    expect((await sniff(content)).csv?.delimiter).toBe(delimiter);
  });

  it('gives names to columns without a header, and skips a title', async () => {
    expect((await sniff('1,2\n3,4\n')).columns.map(({ name }) => name)).toEqual(['column0', 'column1']);
    expect(await sniff('A title\n\na,b\n1,2\n3,4\n')).toMatchObject({
      rows: 2,
      columns: [{ name: 'a' }, { name: 'b' }],
    });
    expect(await sniff('a,b\nx,y\n', { header: 'no' })).toMatchObject({ rows: 2 });
  });

  it('counts small whole numbers as possible classes, in numeric order', async () => {
    const { columns } = await sniff(`n,amount\n${[10, 9, 1, 2].map((n) => `${n},${n}.5`).join('\n')}\n`);
    expect(columns[0]?.classes).toEqual(['1', '2', '9', '10']);
    expect(columns[1]).not.toHaveProperty('classes');
  });

  it('reads dates in the way they are written', async () => {
    const { columns } = await sniff('day,v\n25/12/2020,1\n26/12/2020,2\n');
    expect(columns[0]).toMatchObject({
      type: { kind: 'time' },
      range: [Date.UTC(2020, 11, 25), Date.UTC(2020, 11, 26)],
    });
  });

  it('takes a path with characters of patterns as it is', async () => {
    const path = await test.file("odd [1]*? 'name'.csv", 'a,b\n1,2\n');
    await test.file('odd 1xx.csv', 'a,b\n1,2\n3,4\n');
    expect(await test.tables.sniffCsv(path, {})).toMatchObject({ rows: 1 });
  });
});

describe('encodings', () => {
  const text = '城市,人口\n北京,2189\n上海,2487\n广州,1868\n';
  const gbk = Buffer.from('b3c7cad02cc8cbbfda0ab1b1bea92c323138390ac9cfbaa32c323438370ab9e3d6dd2c313836380a', 'hex');
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 LE', encodeUtf16(text, false, true), 'utf-16'],
    ['UTF-16 BE', encodeUtf16(text, true, true), 'utf-16'],
    ['GBK', gbk, 'gbk'],
  ])('reads %s', async (_, bytes, encoding) => {
    const facts = await sniff(bytes);
    expect(facts).toMatchObject({ rows: 3, csv: { encoding } });
    expect(facts.columns).toMatchObject([
      { name: '城市', classes: ['上海', '北京', '广州'] },
      { name: '人口', range: [1868, 2487] },
    ]);
  });

  it('reads UTF-16 without a mark, and Latin-1', async () => {
    expect(await sniff(encodeUtf16('a,b\n1,x\n2,y\n', false, false))).toMatchObject({
      rows: 2,
      csv: { encoding: 'utf-16' },
    });
    const latin = await sniff(Buffer.from('ville,n\nOrl\xe9ans,1\nN\xeemes,2\n', 'latin1'));
    expect(latin).toMatchObject({ csv: { encoding: 'latin-1' }, columns: [{ classes: ['Nîmes', 'Orléans'] }, {}] });
  });

  it('reads GBK that begins after megabytes of ASCII', async () => {
    const plain = Buffer.from(`city,n\n${'plain,1\n'.repeat(300_000)}`);
    const facts = await sniff(Buffer.concat([plain, gbk.subarray(gbk.indexOf(10) + 1)]));
    expect(facts).toMatchObject({
      rows: 300_003,
      csv: { encoding: 'gbk' },
      columns: [{ classes: ['plain', '上海', '北京', '广州'] }, {}],
    });
  });

  it('leaves no copies behind', async () => {
    await sniff(gbk);
    expect((await readdir(join(test.folder, 'temp'))).filter((name) => name.startsWith('utf8-'))).toEqual([]);
  });
});

describe('bad CSV files', () => {
  it('refuses a file that is empty, blank, or has no rows', async () => {
    expect((await problemOf('')).code).toBe('csv-empty');
    expect((await problemOf(' \n\n')).code).toBe('csv-empty');
    expect((await problemOf('a,b\n')).code).toBe('csv-no-rows');
  });

  it('refuses a binary file', async () => {
    expect((await problemOf(Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))).code).toBe('csv-binary');
    expect((await problemOf(await readFile(process.execPath).then((bytes) => bytes.subarray(0, 100_000)))).code).toBe(
      'csv-binary',
    );
  });

  it('refuses a file that is not there, in a sentence', async () => {
    const sniffed = test.tables.sniffCsv(join(test.folder, 'nowhere.csv'), {});
    await expect(sniffed).rejects.toBeInstanceOf(ProblemError);
  });

  it.each([
    ['a short line', 'a,b,c\n1,2,3\n4,5\n6,7,8\n', { line: 3, found: 2, expected: 3, count: 1 }],
    ['a very short line', 'a,b,c,d\n1,2,3,4\n5\n', { line: 3, found: 1, expected: 4, count: 1 }],
    ['a long line', 'a,b,c\n1,2,3\n4,5,6\n6,7,8,9\n', { line: 4, found: 4, expected: 3, count: 1 }],
  ])('names %s', async (_, content, values) => {
    expect(await problemOf(content)).toMatchObject({ code: 'csv-ragged', values });
  });

  it('names a ragged line far behind the sample', async () => {
    const content = `a,b\n${'1,2\n'.repeat(60_000)}1,2,3\n`;
    expect(await problemOf(content)).toMatchObject({ code: 'csv-ragged', values: { line: 60_002, found: 3 } });
  });

  it('names a text in a numeric column behind the sample, and offers a way out', async () => {
    const content = `a,b\n${'1,2\n'.repeat(60_000)}1,oops\n`;
    expect(await problemOf(content)).toMatchObject({
      code: 'csv-wrong-type',
      values: { line: 60_002, column: 'b', value: 'oops', type: 'int' },
    });
    expect(await sniff(content, { types: { b: 'string' } })).toMatchObject({ rows: 60_001 });
    expect(await sniff(content, { nullTexts: ['', 'oops'] })).toMatchObject({ columns: [{ nulls: 0 }, { nulls: 1 }] });
  });

  it('names a text where a person promised numbers', async () => {
    const problem = await problemOf('a,b\n1,2\n3,x\n', { types: { b: 'float' } });
    expect(problem).toMatchObject({
      code: 'csv-wrong-type',
      values: { line: 3, column: 'b', value: 'x', type: 'float' },
    });
  });

  it('warns of a stray text that makes a column of numbers text', async () => {
    const { problems } = await sniff(`a,b\n${'1,2\n'.repeat(50)}1,unknown\n`);
    expect(problems).toMatchObject([
      {
        code: 'csv-almost-numbers',
        severity: 'warning',
        values: { column: 'b', value: 'unknown', line: 52, count: 1 },
      },
    ]);
  });

  it('names a quotation mark that is never closed', async () => {
    expect((await problemOf('a,b\n1,"2\n3,4\n')).code).toBe('csv-open-quote');
  });
});
