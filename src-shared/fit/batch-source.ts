import { keepDataInside, loadEntry, loadFeed, rowsFeed } from '../compile/passes/keep-data-inside';
import type { StepProgram } from '../ops/program';
import type { TensorData } from '../ops/tensor';
import type { Precision, Programs, Session } from '../runs/run-context';
import { BlockBatches } from './block-batches';
import { type Batch, BatchReader, type BatchSource, type FeedColumn, type HeldColumn, isHeld } from './feed-columns';

/** Bytes of a table that are kept in the session, beside those in this process; a larger one is fed batch by batch. */
export const mostBytesInside = 512 * 2 ** 20;

interface TableOptions {
  readonly columns: readonly FeedColumn[];
  readonly limit?: number;
  readonly precision?: Precision;
}

/**
 * Opens a training program over a table. Where the table is not too large, its columns go into the session once and
 * calls say only which rows they are about; the results are the same bits.
 */
export async function openOverTable(
  programs: Programs,
  program: StepProgram,
  { columns, limit = mostBytesInside, precision = 'float32' }: TableOptions,
): Promise<{ readonly session: Session; readonly batches: BatchSource }> {
  const held = columns.every(isHeld) && bytesOf(columns) <= limit ? columns : [];
  const inside = held.length > 0 ? keepDataInside(program, held.map(describe)) : undefined;
  const session = await programs.open(inside ?? program, { precision });
  if (!inside) return { session, batches: batchesOf(columns) };
  try {
    await session.run(loadEntry, Object.fromEntries(held.map((column) => [loadFeed(column.name), whole(column)])));
  } catch (error) {
    await session.close();
    throw error;
  }
  return { session, batches: { read: readNumbers } };
}

/** Batches that are gathered here, from what is held or from the disk. */
export function batchesOf(columns: readonly FeedColumn[]): BatchSource {
  return columns.every(isHeld) ? new BatchReader(columns) : new BlockBatches(columns);
}

/** Bytes of the table that `openOverTable` puts into the session; 0 where it is too large for that. */
export function bytesInside(columns: readonly FeedColumn[]): number {
  const bytes = columns.every(isHeld) ? bytesOf(columns) : 0;
  return bytes <= mostBytesInside ? bytes : 0;
}

function bytesOf(columns: readonly HeldColumn[]): number {
  return columns.reduce((sum, { values }) => sum + values.byteLength, 0);
}

function describe(column: HeldColumn) {
  const { name, dtype } = column;
  return { name, dtype, shape: shapeOf(column) };
}

function shapeOf({ values, rowShape }: HeldColumn): number[] {
  const rowSize = rowShape.reduce((product, size) => product * size, 1);
  return [rowSize === 0 ? 0 : values.length / rowSize, ...rowShape];
}

function whole(column: HeldColumn): TensorData {
  return { dtype: column.dtype, shape: shapeOf(column), data: column.values };
}

function readNumbers(rows: Int32Array, from: number, to: number): Batch {
  return { [rowsFeed]: { dtype: 'int32', shape: [to - from], data: rows.subarray(from, to) } };
}
