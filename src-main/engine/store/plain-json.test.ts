import { describe, expect, it } from 'vitest';
import { hashData } from '../../../src-shared/hash';
import { decodePlain, encodePlain } from './plain-json';

const nowhere = () => undefined;
const scan = { kind: 'csv', path: '/home/someone/rows.csv', hash: hashData('rows') };

describe('encodePlain', () => {
  it.each([
    ['plain data', { rows: 3, names: ['b', 'a'], none: null, more: { deep: true } }],
    [
      'numbers that JSON has no words for',
      { loss: [1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] },
    ],
    ['a column of any name', JSON.parse('{ "__proto__": { "loss": 1 }, "path": "there", "hash": "none" }')],
    ['such a column beside special numbers', JSON.parse('{ "columns": { "__proto__": { "min": 1e999 } } }')],
  ])('keeps %s', (_name, data) => {
    expect(decodePlain(encodePlain(data), nowhere)).toStrictEqual(data);
  });

  it('leaves out where a source file lies, and finds it again', () => {
    const text = encodePlain({ source: scan, rows: 2 });
    expect(text).not.toContain('someone');
    expect(decodePlain(text, () => '/elsewhere/rows.csv')).toStrictEqual({
      source: { ...scan, path: '/elsewhere/rows.csv' },
      rows: 2,
    });
  });
});
