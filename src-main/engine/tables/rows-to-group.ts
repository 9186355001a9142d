import { DuckDBListValue } from '@duckdb/node-api';
import { lookupStep } from '../../../src-shared/recipe/catalog';
import { bandAround, type KeyBand } from '../../../src-shared/recipe/deal-rows';
import { heldOut } from '../../../src-shared/recipe/split';
import { splitCodes } from '../../../src-shared/runs/run-context';
import type { SplitSpec } from '../../../src-shared/runs/values';
import { assignRows } from './assign-rows';
import type { SomeRows } from './choose-rows';
import { codeSlices } from './code-rows';
import type { SlicedRows } from './load-sliced';
import { hashAsKey, keyAsHash, rowHash } from './row-keys';
import { rowColumn } from './slices';

export interface RowsToGroup {
  readonly kept: readonly SomeRows[];
  /** Those that train, found when they are first asked for. */
  readonly train: () => Promise<readonly SomeRows[]>;
  /** To be called when they have been asked. */
  readonly drop: () => Promise<void>;
}

/** The rows that are kept, and which of them steps learn from: by conditions in SQL where those say it. */
export async function rowsToGroup(loaded: SlicedRows): Promise<RowsToGroup> {
  const { split } = loaded.value;
  const kept = loaded.froms.map((from) => ({ from, condition: 'true' }));
  const drop = async () => undefined;
  if (!dropsNoMore(loaded)) return codedRows(loaded);
  if (!split) return { kept, train: async () => kept, drop };
  if (split.test + split.validation === 0 && split.by !== 'source') return { kept, train: async () => kept, drop };
  const { numbered } = loaded;
  if (split.by !== 'random' || numbered === undefined) return codedRows(loaded);
  let train: Promise<readonly SomeRows[]> | undefined;
  return { kept, train: () => (train ??= trainingRows({ ...loaded, numbered }, split)), drop };
}

/** The rows that are there are those that are kept. */
function dropsNoMore({ value, applied, columns }: SlicedRows): boolean {
  const { steps, split } = value;
  if (steps.some(({ step }, i) => i >= applied && lookupStep(step).rows)) return false;
  // A row without a target is dropped where there is a split.
  return !split || columns.every(({ role, nulls, type }) => role !== 'target' || nulls === 0 || type.kind === 'tensor');
}

/** A code for each row, made here. */
async function codedRows(loaded: SlicedRows): Promise<RowsToGroup> {
  const counted = await loaded.count();
  const assignment = await assignRows(counted);
  const coded = await codeSlices(counted, counted.slices, assignment);
  const where = (condition: (code: string) => string) =>
    coded.slices.map(({ from, code }) => ({ from, condition: condition(code) }));
  const train = where((code) => `${code} = ${splitCodes.train}`);
  const kept = assignment.includes(splitCodes.dropped)
    ? where((code) => `${code} < ${splitCodes.dropped}`)
    : loaded.froms.map((from) => ({ from, condition: 'true' }));
  return { kept, train: async () => train, drop: coded.drop };
}

interface NumberedRows extends SlicedRows {
  readonly numbered: string;
}

/** The rows whose keys are not among the smallest, which test and validate: as `assignSplit` deals them, in SQL. */
async function trainingRows(loaded: NumberedRows, split: SplitSpec): Promise<readonly SomeRows[]> {
  const hash = rowHash(rowColumn, split.seed);
  const bound = await trainingBound(loaded, { hash, split });
  const condition = bound === undefined ? 'false' : `${hash} >= ${keyAsHash(bound)}`;
  return loaded.froms.map((from) => ({ from, condition }));
}

interface Dealing {
  readonly hash: string;
  readonly split: SplitSpec;
}

/** The smallest key of a row that trains: looked for around where it would be if keys lay evenly. */
async function trainingBound(loaded: NumberedRows, { hash, split }: Dealing): Promise<number | undefined> {
  const share = split.test + split.validation;
  // At first nobody knows how many rows there are: at most those of the source.
  let count = Math.max(1, loaded.value.source.rows);
  for (let reach = 5; ; reach *= 8) {
    const found = await keysAround(loaded, hash, bandAround(share, count, reach));
    count = Math.max(1, found.count);
    const rank = heldOut(found.count, split);
    if (rank >= found.count) return undefined;
    const bound = found.near[rank - found.below];
    if (bound !== undefined) return bound;
  }
}

/** How many rows there are, how many have keys below a band, and the keys in it (and at its end), in order. */
async function keysAround({ numbered, counting }: NumberedRows, hash: string, { low, high }: KeyBand) {
  const [from, to] = [low, high].map(keyAsHash);
  const database = await counting();
  const [row = {}] = await database.rows(
    `SELECT count(*) AS n, countif(h < ${from}) AS below, list(h) FILTER (h BETWEEN ${from} AND ${to}) AS near ` +
      `FROM (SELECT ${hash} AS h FROM ${numbered})`,
  );
  const near = row.near instanceof DuckDBListValue ? row.near.items : [];
  return {
    count: Number(row.n),
    below: Number(row.below),
    near: Float64Array.from(near, (each) => hashAsKey(each as bigint)).sort(),
  };
}
