import { expect, it } from 'vitest';
import { bundleMetadataSchema, outputFields } from './bundle-metadata';

const shared = {
  format: 'modelyard-bundle',
  name: 'x',
  inputs: [],
  signatures: {},
  metrics: {},
  reports: [],
  lineage: {},
};
const first = { ...shared, version: 1, files: [], target: 'y' };

it('a bundle of before, with one task, is read as one with a signature', () => {
  const outputs = [{ name: 'probabilities', dtype: 'float32', shape: ['batch', 2] }];
  const classified = bundleMetadataSchema.parse({ ...first, task: 'classification', classes: ['a', 'b'], outputs });
  const type = { dtype: 'float32', shape: ['batch', 2] };
  expect(outputFields(classified)).toEqual([
    { name: 'probabilities', type, means: { kind: 'classes', classes: ['a', 'b'] }, target: 'y' },
  ]);
  const number = bundleMetadataSchema.parse({ ...first, task: 'regression', outputs: [] });
  expect(number.version).toBe(2);
});

it('what is neither is refused', () => {
  expect(bundleMetadataSchema.safeParse({ ...first, task: 'clustering', outputs: [] }).success).toBe(false);
  expect(bundleMetadataSchema.safeParse({ ...shared, version: 3, files: [], outputs: [] }).success).toBe(false);
});
