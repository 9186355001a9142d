import { describe, expect, it } from 'vitest';
import { lookupStep } from '../../recipe/catalog';
import { defaultParams, paramsSchema } from '../../types/params';
import type { Column } from '../../types/ports';
import type { NodeDefinition } from '../define-node';
import { clean } from './clean';
import { encode } from './encode';
import { normalize } from './normalize';
import { split } from './split';

const columns: readonly Column[] = [
  { name: 'image', type: { kind: 'tensor', shape: [2, 2, 1], dtype: 'uint8' }, role: 'feature' },
  { name: 'colour', type: { kind: 'string' }, role: 'feature', nulls: 1, classes: ['blue', 'red'] },
  { name: 'size', type: { kind: 'int' }, role: 'feature', nulls: 2, range: [0, 100] },
  { name: 'kind', type: { kind: 'int' }, role: 'target', nulls: 0, classes: ['0', '1'] },
];

/** The node's contribution with its default params and these. */
function step(node: NodeDefinition, changes: Record<string, unknown>, seed = 1) {
  const params = paramsSchema(node.params).parse({ ...defaultParams(node.params), ...changes });
  return node.step?.(params as never, { columns, seed }) ?? {};
}

function columnsWith(node: NodeDefinition, changes: Record<string, unknown>) {
  return (step(node, changes).steps ?? []).reduce<unknown>(
    (result, each) => lookupStep(each.step).columns(result as readonly Column[], each.params),
    columns,
  );
}

describe('prepare.clean', () => {
  it('does nothing by default, and its steps in order', () => {
    expect(step(clean, {}).steps).toEqual([]);
    const all = step(clean, { missing: 'impute', duplicates: true, outliers: 'iqr', columns: ['size'] });
    expect(all.steps?.map((each) => each.step)).toEqual(['dropDuplicates', 'impute', 'clip']);
  });

  it('leaves nothing missing in what it fills', () => {
    expect(columnsWith(clean, { missing: 'impute' })).toMatchObject([{}, { nulls: 0 }, { nulls: 0 }, {}]);
    expect(columnsWith(clean, { missing: 'impute', columns: ['size'] })).toMatchObject([
      {},
      { nulls: 1 },
      { nulls: 0 },
      {},
    ]);
  });

  it.each(['impute', 'drop'])('leaves open what is not read yet (%s)', (missing) => {
    const unread: readonly Column[] = [{ name: 'colour', type: { kind: 'string' }, role: 'feature' }];
    const [cleaning] = step(clean, { missing }).steps ?? [];
    const cleaned = cleaning && lookupStep(cleaning.step).columns(unread, cleaning.params);
    expect(cleaned).toEqual(unread);
    const [encoding] = step(encode, {}).steps ?? [];
    expect(encoding && lookupStep(encoding.step).columns(cleaned as readonly Column[], encoding.params)).toMatchObject({
      code: 'still-reading',
    });
  });

  it.each([
    [{ missing: 'impute', strategy: 'constant', value: 'green' }, 'constant-not-a-class'],
    [{ missing: 'impute', strategy: 'constant', value: 'x', columns: ['size'] }, 'constant-not-a-number'],
    [{ outliers: 'bounds', lower: 2, upper: 1 }, 'bounds-crossed'],
    [{ duplicates: true }, 'duplicates-of-tensors'],
    [{ missing: 'drop', columns: ['nowhere'] }, 'column-not-found'],
  ])('refuses %o', (changes, code) => {
    expect(columnsWith(clean, changes)).toMatchObject({ code });
  });
});

describe('prepare.encode', () => {
  it('makes vectors or numbers of texts, with a place for what was never seen', () => {
    expect(columnsWith(encode, {})).toMatchObject([{}, { type: { kind: 'tensor', shape: [3] }, nulls: 0 }, {}, {}]);
    expect(columnsWith(encode, { unknown: 'mostFrequent' })).toMatchObject([{}, { type: { shape: [2] } }, {}, {}]);
    expect(columnsWith(encode, { method: 'ordinal' })).toMatchObject([
      {},
      { type: { kind: 'int' }, range: [0, 2] },
      {},
      {},
    ]);
  });

  it('refuses numbers that are no classes, and missing values under the policy "error"', () => {
    expect(columnsWith(encode, { columns: ['size'] })).toMatchObject({ code: 'not-classes' });
    expect(columnsWith(encode, { unknown: 'error' })).toMatchObject({ code: 'missing-under-error-policy' });
  });
});

describe('prepare.normalize', () => {
  it('scales images by a constant and numbers by what is learned', () => {
    const scaled = columnsWith(normalize, { method: 'constant', divideBy: 50 });
    expect(scaled).toMatchObject([
      { type: { dtype: 'float32' } },
      {},
      { type: { kind: 'float' }, range: [0, 2] },
      { classes: ['0', '1'] },
    ]);
    expect(columnsWith(normalize, {})).toMatchObject([
      { type: { dtype: 'uint8' } },
      {},
      { type: { kind: 'float' } },
      {},
    ]);
  });

  it('refuses to learn a scale for images, and to divide by nothing', () => {
    const problem = { code: 'scale-tensor-by-constant', fix: { param: 'method', to: 'constant' } };
    expect(columnsWith(normalize, { columns: ['image'] })).toMatchObject(problem);
    expect(columnsWith(normalize, { method: 'constant', divideBy: 0 })).toMatchObject({ code: 'divide-by-zero' });
  });
});

describe('prepare.split', () => {
  it('names the target and takes the role from the former one', () => {
    expect(step(split, { target: ['colour'] }).roles).toEqual({ colour: 'target', kind: 'feature' });
    const both = { colour: 'target', kind: 'target' };
    expect(step(split, { target: ['colour', 'kind'] }).roles).toEqual(both);
    expect(split.upgrades?.[2]?.({ target: 'colour', test: 0.1 })).toEqual({ target: ['colour'], test: 0.1 });
    expect(split.upgrades?.[2]?.({})).toEqual({ target: [] });
    expect(step(split, { by: 'stratified' })).toMatchObject({ roles: {}, split: { by: 'stratified', column: 'kind' } });
  });

  it('deals by the seeds of the document and of the node', () => {
    const seeds = [step(split, {}, 1), step(split, {}, 2), step(split, { seed: 5 }, 1)].map(({ split }) => split?.seed);
    expect(new Set(seeds).size).toBe(3);
    expect(step(split, {}, 1).split?.seed).toBe(seeds[0]);
  });

  it('refuses shares that leave nothing, and a target that is not there', () => {
    expect(() => step(split, { validation: 0.5, test: 0.5 })).toThrow('split-leaves-nothing');
    expect(() => step(split, { target: ['nowhere'] })).toThrow('column-not-found');
  });
});
