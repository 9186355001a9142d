import { fail, type Problem, problem } from '../problem';
import { createRandom, deriveSeed } from '../random';
import { splitCodes } from '../runs/run-context';
import type { SplitSpec } from '../runs/values';

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
 * in all, and in a stratified split the largest-remainder method gives each class its part.
 */
export function assignSplit(spec: Omit<SplitSpec, 'at'>, input: SplitRows): Uint8Array {
  const wrong = splitProblem(spec);
  if (wrong) fail(wrong.code, wrong.values, wrong);
  const assignment = new Uint8Array(input.total).fill(splitCodes.dropped);
  if (spec.by === 'source') return copySource(assignment, spec, input);
  mark(assignment, input.rows, splitCodes.train);
  const random = createRandom(deriveSeed(spec.seed, 'split'));
  const groups = spec.by === 'stratified' ? groupByClass(spec, input) : [input.rows];
  const shuffled = groups.map((rows) => random.shuffle(rows.slice()));
  const tests = apportion(shuffled, spec.test);
  const validations = apportion(shuffled, spec.validation);
  shuffled.forEach((rows, group) => {
    const test = tests[group] ?? 0;
    const validation = Math.min(validations[group] ?? 0, rows.length - test);
    mark(assignment, rows.subarray(0, test), splitCodes.test);
    mark(assignment, rows.subarray(test, test + validation), splitCodes.validation);
  });
  return assignment;
}

function mark(assignment: Uint8Array, rows: Int32Array, code: number): void {
  for (let i = 0; i < rows.length; i++) assignment[rows[i] ?? 0] = code;
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

/** Rows by class, in typed arrays: a table may have millions of them. The last group has no class. */
function groupByClass(spec: Omit<SplitSpec, 'at'>, { rows, codes, classes = [] }: SplitRows): Int32Array[] {
  const codeOf = (row: number) => Math.min(codes?.[row] ?? classes.length, classes.length);
  const sizes = new Int32Array(classes.length + 1);
  for (const row of rows) sizes[codeOf(row)] = (sizes[codeOf(row)] ?? 0) + 1;
  const groups = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(sizes.length);
  for (const row of rows) {
    const code = codeOf(row);
    const place = filled[code] ?? 0;
    const group = groups[code];
    if (group) group[place] = row;
    filled[code] = place + 1;
  }
  const single = classes.findIndex((_, code) => sizes[code] === 1);
  if (single >= 0 && spec.test + spec.validation > 0) {
    fail(
      'class-with-one-example',
      { class: classes[single] ?? '', column: spec.column ?? '', row: (groups[single]?.[0] ?? 0) + 1 },
      { ...place(spec), param: 'by', fix: { code: 'set-param', param: 'by', to: 'random' } },
    );
  }
  return groups;
}

/** How many rows of each group get a share, so that the sum is round(share · n): the largest remainders round up. */
function apportion(groups: readonly Int32Array[], share: number): number[] {
  const total = Math.round(share * groups.reduce((sum, rows) => sum + rows.length, 0));
  const counts = groups.map((rows) => Math.floor(share * rows.length));
  const order = groups
    .map((rows, group) => ({ group, remainder: share * rows.length - Math.floor(share * rows.length) }))
    .sort((a, b) => b.remainder - a.remainder || a.group - b.group);
  let left = total - counts.reduce((sum, count) => sum + count, 0);
  for (const { group } of order) {
    if (left-- <= 0) break;
    counts[group] = (counts[group] ?? 0) + 1;
  }
  return counts;
}
