import { describe, expect, it } from 'vitest';
import { toCsv, toTsv } from './delimited-text';

describe('toTsv', () => {
  it('separates by tabs and lines, and keeps both out of fields', () => {
    expect(
      toTsv([
        ['a', 'b'],
        ['one\ttwo', 'three\r\nfour'],
      ]),
    ).toBe('a\tb\none two\tthree four');
  });

  it('writes what is missing as nothing', () => {
    expect(toTsv([[null, undefined, 0, false]])).toBe('\t\t0\tfalse');
  });

  it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', ' =1'])('makes %j a text', (formula) => {
    expect(toTsv([[formula]])).toBe(`'${formula}`);
  });

  it('leaves numbers alone, negative ones too', () => {
    expect(toTsv([[-3, '-3.5', '+1e5']])).toBe('-3\t-3.5\t+1e5');
  });
});

describe('toCsv', () => {
  it('quotes what needs it', () => {
    expect(toCsv([['a,b', 'say "hi"', 'two\nlines', 'plain']])).toBe('"a,b","say ""hi""","two\nlines",plain\r\n');
  });

  it('makes formulas texts', () => {
    expect(toCsv([['=HYPERLINK("x")']])).toBe(`"'=HYPERLINK(""x"")"\r\n`);
  });
});
