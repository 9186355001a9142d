import { fail, type Problem, problem } from '../problem';
import { splitCodes } from '../runs/run-context';
import type { SplitSpec } from '../runs/values';
import { keyBounds } from './deal-rows';

export interface SplitRows {
  /** How many rows the source has. */
  readonly total: number;
  /** Row numbers that may be used, ascending; left out where all may be. */
  readonly rows?: Int32Array;
  /** Random and stratified: a key for every source row, none twice (`keyRange`). */
  readonly keys?: Float64Array;
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
 * in all, and in a stratified split the largest-remainder method gives each class its part. In each group those with the
 * smallest keys test, the next ones validate. A row keeps its key whatever becomes of others.
 */
export function assignSplit(spec: Omit<SplitSpec, 'at'>, input: SplitRows): Uint8Array {
  const wrong = splitProblem(spec);
  if (wrong) fail(wrong.code, wrong.values, wrong);
  if (spec.by === 'source') return atRows(input, sourceCodes(spec, input));
  const keys = keysOf(input);
  if (spec.by === 'random') return atRows(input, codesBelow(keys, boundsOf([keys], spec)));
  const groupAt = classesOf(input);
  return atRows(input, codesBelow(keys, boundsOf(keysByClass(spec, { ...input, groupAt, keys }), spec), groupAt));
}

/** How many rows may be used. */
function placesOf({ total, rows }: SplitRows): number {
  return rows?.length ?? total;
}

/** The keys of the rows that may be used. */
function keysOf({ keys, rows }: SplitRows): Float64Array {
  if (!keys) throw new Error('Rows are dealt by keys.');
  if (!rows) return keys;
  const found = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) found[place] = keys[rows[place] ?? 0] ?? 0;
  return found;
}

/** How many of some rows do not train, where each has the same chance. */
export function heldOut(count: number, { validation, test }: Pick<SplitSpec, 'validation' | 'test'>): number {
  return Math.min(count, Math.round(test * count) + Math.round(validation * count));
}

function rowAt({ rows }: SplitRows, place: number): number {
  return rows ? (rows[place] ?? 0) : place;
}

/** Codes of the rows that may be used → of all rows. */
function atRows({ total, rows }: SplitRows, codes: Uint8Array): Uint8Array {
  if (!rows) return codes;
  const assignment = new Uint8Array(total).fill(splitCodes.dropped);
  for (let place = 0; place < rows.length; place++) assignment[rows[place] ?? 0] = codes[place] ?? 0;
  return assignment;
}

/** Training is 0, validation 1 and test 2: added up, since a processor cannot foresee which way a row goes. */
function codesBelow(keys: Float64Array, bounds: ReturnType<typeof boundsOf>, groupAt?: Uint16Array): Uint8Array {
  const codes = new Uint8Array(keys.length);
  const { test, validation } = bounds;
  if (!groupAt) {
    const [below, least] = [validation[0] ?? 0, test[0] ?? 0];
    for (let place = 0; place < keys.length; place++) {
      const key = keys[place] ?? 0;
      codes[place] = Number(key < below) + Number(key < least);
    }
    return codes;
  }
  for (let place = 0; place < keys.length; place++) {
    const group = groupAt[place] ?? 0;
    const key = keys[place] ?? 0;
    codes[place] = Number(key < (validation[group] ?? 0)) + Number(key < (test[group] ?? 0));
  }
  return codes;
}

/** By group, the keys below which rows test, and below which they validate where they do not test. */
function boundsOf(groups: readonly Float64Array[], shares: Omit<SplitSpec, 'at'>) {
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

function sourceCodes(spec: Pick<SplitSpec, 'node'>, input: SplitRows): Uint8Array {
  const { source } = input;
  if (!source) {
    const fix = { code: 'set-param', param: 'by', to: 'random' } as const;
    return fail('no-source-split', {}, { ...place(spec), param: 'by', fix });
  }
  return Uint8Array.from({ length: placesOf(input) }, (_, place) => source[rowAt(input, place)] ?? splitCodes.dropped);
}

/** The class of each row that may be used; the last one is that of rows without a class. */
function classesOf(input: SplitRows): Uint16Array {
  const { codes, classes = [] } = input;
  const none = classes.length;
  const found = new Uint16Array(placesOf(input));
  for (let at = 0; at < found.length; at++) found[at] = Math.min(codes?.[rowAt(input, at)] ?? none, none);
  return found;
}

interface Grouped extends SplitRows {
  readonly groupAt: Uint16Array;
  readonly keys: Float64Array;
}

/** Keys by class, in typed arrays: a table may have millions of rows. */
function keysByClass(spec: Omit<SplitSpec, 'at'>, input: Grouped): Float64Array[] {
  const { classes = [], groupAt, keys } = input;
  const sizes = new Int32Array(classes.length + 1);
  for (let place = 0; place < keys.length; place++) {
    const code = groupAt[place] ?? 0;
    sizes[code] = (sizes[code] ?? 0) + 1;
  }
  const single = classes.findIndex((_, code) => sizes[code] === 1);
  if (single >= 0 && spec.test + spec.validation > 0) {
    fail(
      'class-with-one-example',
      { class: classes[single] ?? '', column: spec.column ?? '', row: rowAt(input, groupAt.indexOf(single)) + 1 },
      { ...place(spec), param: 'by', fix: { code: 'set-param', param: 'by', to: 'random' } },
    );
  }
  const groups = Array.from(sizes, (size) => new Float64Array(size));
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
