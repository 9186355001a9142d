import { describe, expect, test } from 'vitest';
import { lookupStep } from '../recipe/catalog';
import { columnsAfter } from '../recipe/columns';
import type { Column } from '../types/ports';
import { featureScaleProblem } from './feature-scale';

const number = (name: string, high: number, kind: 'int' | 'float' = 'int'): Column => {
  return { name, type: { kind }, role: 'feature', nulls: 0, range: [0, high] };
};
const oneHot: Column = { name: 'island', type: { kind: 'tensor', shape: [3], dtype: 'float32' }, role: 'feature' };
const image: Column = { name: 'image', type: { kind: 'tensor', shape: [28, 28, 1], dtype: 'uint8' }, role: 'feature' };

describe('a feature that drowns the others', () => {
  test.each<[string, readonly Column[], string | undefined]>([
    ['a mass beside a ratio', [number('mass', 6300), number('ratio', 1, 'float')], 'mass'],
    ['a year beside the sine of an hour', [number('year', 2026), number('sine', 1, 'float')], 'year'],
    ['a mass beside categories', [number('mass', 6300), oneHot], 'mass'],
    ['amounts alone', [number('a', 5000, 'float'), number('b', 90_000, 'float')], 'a, b'],
    ['below zero', [{ ...number('depth', 0), range: [-8000, 0] }, number('ratio', 1)], 'depth'],
    ['an age beside a truth', [number('age', 80), { ...number('member', 1), type: { kind: 'bool' } }], undefined],
    ['codes for an embedding', [number('first', 800), number('second', 950)], undefined],
    ['images', [image], undefined],
    ['what is not read yet', [{ name: 'x', type: { kind: 'float' }, role: 'feature' }], undefined],
    ['ids that are no features', [{ ...number('id', 1e6), role: 'id' }, number('ratio', 1)], undefined],
  ])('%s', (_what, columns, named) => {
    const found = featureScaleProblem(columns);
    expect(found?.values?.columns).toBe(named);
    if (named) expect(found).toMatchObject({ severity: 'warning', fix: { mends: 'unscaled' } });
  });

  test('is quiet once it is scaled, as its fix does', () => {
    const columns = [number('mass', 6300), number('ratio', 1, 'float')];
    const scaled = columnsAfter(columns, [{ step: 'standardize', node: 'n', params: { columns: [] } }], lookupStep);
    expect(featureScaleProblem(scaled as readonly Column[])).toBeUndefined();
  });
});
