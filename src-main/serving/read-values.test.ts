import { describe, expect, test } from 'vitest';
import type { InputColumn } from '../../src-shared/recipe/input-columns';
import { readColumn } from './read-values';

const sequence: InputColumn = { name: 'steps', dtype: 'float32', shape: [4], mayMiss: false };
const path: InputColumn = { name: 'path', dtype: 'int32', shape: [3, 2], mayMiss: false };

describe('times in a request', () => {
  const when: InputColumn = { name: 'when', dtype: 'float64', shape: [], isTime: true, mayMiss: true };

  test('are ISO texts or milliseconds, to the last one', () => {
    const { data } = readColumn(when, ['2026-02-28T23:59:59.999Z', '1969-12-31', 1772323199999, null]);
    expect(data).toEqual(Float64Array.of(1772323199999, -86_400_000, 1772323199999, Number.NaN));
  });

  test('that are none are refused with their row', () => {
    expect(() => readColumn(when, [0, '2026-02-30'])).toThrow('milliseconds since 1970; row 1 has "2026-02-30".');
    expect(() => readColumn(when, [{}])).toThrow('wants a time');
  });
});

describe('sequences in a request', () => {
  test('are read flat or nested', () => {
    expect(readColumn(sequence, [[1, 2, 3, 4]])).toEqual({
      dtype: 'float32',
      shape: [1, 4],
      data: Float32Array.of(1, 2, 3, 4),
    });
    const flat = readColumn(path, [[1, 2, 3, 4, 5, 6]]);
    expect(
      readColumn(path, [
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ]),
    ).toEqual(flat);
  });

  test('of unequal length are refused, each with its row and its length', () => {
    const read = () => readColumn(sequence, [[1, 2, 3], [1, 2, 3, 4], [1, 2, 3, 4, 5], 7]);
    expect(read).toThrow('"steps" wants the shape [4] per row; row 0 has [3], row 2 has [5], row 3 has 7.');
  });

  test('are counted where many differ', () => {
    const read = () => readColumn(path, new Array(10).fill([[1, 2]]));
    expect(read).toThrow('row 0 has [1, 2], row 1 has [1, 2], row 2 has [1, 2], 7 more differ.');
  });
});
