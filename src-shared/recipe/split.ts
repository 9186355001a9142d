import { fail, type Problem, problem } from '../problem';
import { deriveSeed } from '../random';
import { splitCodes } from '../runs/run-context';
import type { SplitSpec } from '../runs/values';
import { dealKeys, keyBounds } from './deal-rows';

export interface SplitRows {
  /** How many rows the source has. */
  readonly total: number;
  /** Row numbers that may be used, ascending. */
  readonly rows: Int32Array;
  /** Stratified: the class code of every source row, and the names of the classes. */
  readonly codes?: Int32Array;
  readonly classes?: readonly string[];
  /** Source: the split code of every source row. */
  readonly source?: Uint8Array;
}

/** What is wrong with the shares of a split, apart from any data. */
export function splitProblem(spec: Pick<SplitSpec, 'by' | 'validation' | 'test'>): Problem | undefined {
  if (spec.by === 'source') return undefined;
  if (spec.validation + spec.test < 1) return undefined;
  return problem('split-leaves-nothing', { sum: spec.validation + spec.test }, { param: 'test' });
}

/**
 * One code per source row: `splitCodes`; rows outside `rows` are `dropped`. The counts are exact: round(share · n)
 * in all, and in a stratified split the largest-remainder method gives each class its part. Every row has a key by its
 * place among `rows`; in each group those with the smallest keys test, the next ones validate.
 */
export function assignSplit(spec: Omit<SplitSpec, 'at'>, input: SplitRows): Uint8Array {
  const wrong = splitProblem(spec);
  if (wrong) fail(wrong.code, wrong.values, wrong);
  const { rows } = input;
  const assignment = new Uint8Array(input.total).fill(splitCodes.dropped);
  if (spec.by === 'source') return copySource(assignment, spec, input);
  const keys = dealKeys(rows.length, deriveSeed(spec.seed, 'split'));
  const groupAt = spec.by === 'stratified' ? classesOf(input) : new Uint16Array(rows.length);
  const groups = spec.by === 'stratified' ? keysByClass(spec, { ...input, groupAt, keys }) : [keys];
  const { test, validation } = boundsOf(groups, spec);
  for (let place = 0; place < rows.length; place++) {
    const group = groupAt[place] ?? 0;
    const key = keys[place] ?? 0;
    // Training is 0, validation 1 and test 2: added up, since a processor cannot foresee which way a row goes.
    assignment[rows[place] ?? 0] = Number(key < (validation[group] ?? 0)) + Number(key < (test[group] ?? 0));
  }
  return assignment;
}

/** By group, the keys below which rows test, and below which they validate where they do not test. */
function boundsOf(groups: readonly Uint32Array[], shares: Omit<SplitSpec, 'at'>) {
  const sizes = groups.map(({ length }) => length);
  const validations = apportion(sizes, shares.validation);
  const tests = apportion(sizes, shares.test);
  const bounds = groups.map((keys, group) => {
    const count = tests[group] ?? 0;
    return keyBounds(keys, [count, count + (validations[group] ?? 0)]);
  });
  const ofAll = (place: number) => Float64Array.from(bounds, (each) => each[place] ?? 0);
  return { test: ofAll(0), validation: ofAll(1) };
}

/** The split node, though another one meets the problem. */
function place({ node }: Pick<SplitSpec, 'node'>): { readonly node?: string } {
  return node === undefined ? {} : { node };
}

function copySource(assignment: Uint8Array, spec: Pick<SplitSpec, 'node'>, { rows, source }: SplitRows): Uint8Array {
  if (!source) {
    const fix = { code: 'set-param', param: 'by', to: 'random' } as const;
    return fail('no-source-split', {}, { ...place(spec), param: 'by', fix });
  }
  for (const row of rows) assignment[row] = source[row] ?? splitCodes.dropped;
  return assignment;
}

/** The class of each of `rows`; the last one is that of rows without a class. */
function classesOf({ rows, codes, classes = [] }: SplitRows): Uint16Array {
  const none = classes.length;
  const found = new Uint16Array(rows.length);
  for (let place = 0; place < rows.length; place++) found[place] = Math.min(codes?.[rows[place] ?? 0] ?? none, none);
  return found;
}

interface Grouped extends SplitRows {
  readonly groupAt: Uint16Array;
  readonly keys: Uint32Array;
}

/** Keys by class, in typed arrays: a table may have millions of rows. */
function keysByClass(spec: Omit<SplitSpec, 'at'>, { rows, classes = [], groupAt, keys }: Grouped): Uint32Array[] {
  const sizes = new Int32Array(classes.length + 1);
  for (let place = 0; place < keys.length; place++) {
    const code = groupAt[place] ?? 0;
    sizes[code] = (sizes[code] ?? 0) + 1;
  }
  const single = classes.findIndex((_, code) => sizes[code] === 1);
  if (single >= 0 && spec.test + spec.validation > 0) {
    fail(
      'class-with-one-example',
      { class: classes[single] ?? '', column: spec.column ?? '', row: (rows[groupAt.indexOf(single)] ?? 0) + 1 },
      { ...place(spec), param: 'by', fix: { code: 'set-param', param: 'by', to: 'random' } },
    );
  }
  const groups = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Int32Array(sizes.length);
  for (let place = 0; place < keys.length; place++) {
    const code = groupAt[place] ?? 0;
    const next = filled[code] ?? 0;
    const group = groups[code];
    if (group) group[next] = keys[place] ?? 0;
    filled[code] = next + 1;
  }
  return groups;
}

/** How many rows of each group get a share, so that the sum is round(share · n): the largest remainders round up. */
function apportion(sizes: readonly number[], share: number): number[] {
  const total = Math.round(share * sizes.reduce((sum, size) => sum + size, 0));
  const counts = sizes.map((size) => Math.floor(share * size));
  const order = sizes
    .map((size, group) => ({ group, remainder: share * size - Math.floor(share * size) }))
    .sort((a, b) => b.remainder - a.remainder || a.group - b.group);
  let left = total - counts.reduce((sum, count) => sum + count, 0);
  for (const { group } of order) {
    if (left-- <= 0) break;
    counts[group] = (counts[group] ?? 0) + 1;
  }
  return counts;
}
