import { lookupStep } from '../../../src-shared/recipe/catalog';
import { withRoles } from '../../../src-shared/recipe/columns';
import { assignSplit, type SplitRows } from '../../../src-shared/recipe/split';
import { splitCodes } from '../../../src-shared/runs/run-context';
import type { SplitSpec } from '../../../src-shared/runs/values';
import type { Column } from '../../../src-shared/types/ports';
import { type LoadedTable, readColumn } from './open-table';
import { readKeys } from './row-keys';
import { applyRowSteps } from './row-steps';

/** Row steps before the split, the split, row steps after it: one code per source row. */
export async function assignRows(loaded: LoadedTable): Promise<Uint8Array> {
  const { value, rowCount } = loaded;
  const { steps, split } = value;
  const at = split?.at ?? steps.length;
  const raw = withRoles(value.source.columns, value.roles);
  const state = { columns: raw, mask: new Uint8Array(rowCount).fill(1), touches: (_row: number) => true };
  await applyRowSteps({ ...loaded, lookupStep }, steps.slice(0, at), state);
  if (split) await dropRowsWithoutTarget(loaded, state.mask);
  const assignment = await splitRows(loaded, split, state.mask);
  const after = { ...state, touches: (row: number) => assignment[row] === splitCodes.train };
  await applyRowSteps({ ...loaded, lookupStep, applied: 0 }, steps.slice(at), after);
  if (!after.mask.includes(0)) return assignment;
  for (let row = 0; row < rowCount; row++) if (after.mask[row] === 0) assignment[row] = splitCodes.dropped;
  return assignment;
}

/** A row without a target can neither teach nor test. */
async function dropRowsWithoutTarget(loaded: LoadedTable, mask: Uint8Array): Promise<void> {
  const target = loaded.columns.find(({ role }) => role === 'target');
  if (!target || target.type.kind === 'tensor' || target.nulls === 0) return;
  const values = await readColumn(loaded, target.name);
  const missing = values instanceof Int32Array ? (target.classes?.length ?? 0) + 1 : Number.NaN;
  values.forEach((value, row) => {
    if (Object.is(value, missing)) mask[row] = 0;
  });
}

async function splitRows(loaded: LoadedTable, split: SplitSpec | undefined, mask: Uint8Array): Promise<Uint8Array> {
  // Looking for a dropped row is much quicker than going through millions of them.
  const rows = mask.includes(0) ? { rows: keptRows(mask) } : {};
  if (split) return assignSplit(split, { total: loaded.rowCount, ...rows, ...(await splitColumns(loaded, split)) });
  return mask.map((isKept) => (isKept === 1 ? splitCodes.train : splitCodes.dropped));
}

function keptRows(mask: Uint8Array): Int32Array {
  const rows = new Int32Array(mask.length);
  let count = 0;
  for (let row = 0; row < mask.length; row++) if (mask[row] === 1) rows[count++] = row;
  return rows.subarray(0, count);
}

async function splitColumns(
  loaded: LoadedTable,
  split: SplitSpec,
): Promise<Pick<SplitRows, 'codes' | 'classes' | 'source' | 'keys'>> {
  const { splitColumn } = loaded.value.source;
  if (split.by === 'source') return splitColumn ? { source: await readSourceSplit(loaded, splitColumn) } : {};
  const keys = await readKeys(loaded, split.seed);
  const column = loaded.columns.find(({ name }) => name === split.column);
  if (split.by !== 'stratified' || !column) return { keys };
  // Counted as classes whatever its role: stratifying is not encoding.
  const stratified: Column = { ...column, role: 'target' };
  const codes = await readColumn({ ...loaded, columns: [stratified] }, column.name);
  return codes instanceof Int32Array ? { codes, classes: column.classes ?? [], keys } : { keys };
}

async function readSourceSplit(loaded: LoadedTable, name: string): Promise<Uint8Array> {
  const column: Column = { name, type: { kind: 'string' }, role: 'ignore', classes: ['train', 'validation', 'test'] };
  const codes = await readColumn({ ...loaded, columns: [column] }, name);
  return Uint8Array.from(codes, (code) => (code <= splitCodes.test ? code : splitCodes.dropped));
}
