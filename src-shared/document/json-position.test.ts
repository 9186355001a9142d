import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonError, isDeeperThan, lineAndColumn } from './json-position';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonError', () => {
  it.each([
    ['{"a": 1,}', 8],
    ['{a: 1}', 1],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ['[1, tru]', 4],
    ['01', 1],
    ['"\\x"', 2],
    ['"a\nb"', 2],
    ['{"a": 1} x', 9],
    ['[1, 2', 5],
    ['{"a": tr', 8],
    ['{"a": "b', 8],
    ['{"a": "\\u12', 11],
    ['-', 1],
    ['', 0],
  ])('finds where %j goes wrong', (text, offset) => {
    expect(isJson(text)).toBe(false);
    expect(findJsonError(text)).toBe(offset);
  });

  it('finds nothing in JSON, whatever its spacing', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(4), (text, indent) => {
        expect(findJsonError(JSON.stringify(JSON.parse(text), null, indent))).toBeUndefined();
      }),
    );
  });

  it('agrees with the parser on damaged JSON', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '{', ']', '\\', '0', 'e', '\u0001'),
        (text, place, damage) => {
          const at = place % (text.length + 1);
          const damaged = text.slice(0, at) + damage + text.slice(at + 1);
          expect(findJsonError(damaged) === undefined).toBe(isJson(damaged));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('calls every cut of a file that ends in a bracket an early end', () => {
    const text = '{"a": [1.5e3, true, null, "x\\u0041\\n"], "b": {}}';
    for (let cut = 0; cut < text.length; cut++) {
      // A number cut after its point or exponent is wrong where it stops being one.
      if (/\d[.eE]\d*$|e$/.test(text.slice(0, cut))) continue;
      expect([text.slice(0, cut), findJsonError(text.slice(0, cut))]).toEqual([text.slice(0, cut), cut]);
    }
  });
});

describe('lineAndColumn', () => {
  it('counts from 1, with every kind of line end', () => {
    expect(lineAndColumn('ab\ncd', 4)).toEqual({ line: 2, column: 2 });
    expect(lineAndColumn('ab\r\ncd', 4)).toEqual({ line: 2, column: 1 });
    expect(lineAndColumn('', 0)).toEqual({ line: 1, column: 1 });
  });
});

describe('isDeeperThan', () => {
  it('counts brackets outside texts', () => {
    expect(isDeeperThan('[[[]]]', 2)).toBe(true);
    expect(isDeeperThan('[[[]]]', 3)).toBe(false);
    expect(isDeeperThan('["[[[[\\"[["]', 1)).toBe(false);
  });
});
