import type { DType, TensorData } from '../ops/tensor';
import { elementCount } from '../ops/tensor';
import type { BlockReader } from '../runs/run-context';
import type { DiskOrder } from './epoch-order';

/** One input of a program for every row of a table. */
export type FeedColumn = HeldColumn | BlockColumn;

interface InputRows {
  readonly name: string;
  readonly dtype: DType;
  /** Shape of one row; `[]` for a scalar. */
  readonly rowShape: readonly number[];
}

/** All rows in memory: row i starts at `i × rowSize`. */
export interface HeldColumn extends InputRows {
  readonly values: FeedNumbers;
}

/** Rows that are read from the disk as they are asked for. */
export interface BlockColumn extends InputRows {
  readonly block: BlockReader;
}

/** float64 where a host computes with it before a program sees it. */
export type FeedNumbers = Float32Array | Float64Array | Int32Array | Uint8Array;

export type Batch = Readonly<Record<string, TensorData>>;

/** Hands out the feeds of a call that is about `rows[from…to)`; the next call may change what it handed out. */
export interface BatchSource {
  /** A promise only where rows have to be read first. */
  read(rows: Int32Array, from: number, to: number): Batch | Promise<Batch>;
  /** In which order rows are best asked for; absent where any order is as good. */
  readonly disk?: DiskOrder;
}

export function isHeld(column: FeedColumn): column is HeldColumn {
  return 'values' in column;
}

/**
 * Gathers rows of several columns into feeds. The buffers are used again by the next call of the same size:
 * sessions copy feeds before they return.
 */
export class BatchReader implements BatchSource {
  private readonly columns: readonly HeldColumn[];
  private readonly buffers = new Map<string, FeedNumbers>();

  constructor(columns: readonly HeldColumn[]) {
    this.columns = columns;
  }

  /** Feeds for `rows[from…to)`, each of shape `[to − from, …rowShape]`. */
  read(rows: Int32Array, from: number, to: number): Batch {
    const batch: Record<string, TensorData> = {};
    for (const column of this.columns) {
      const size = elementCount(column.rowShape);
      const data = this.buffer(column, (to - from) * size);
      gather(column.values, data, { rows, from, to, size });
      batch[column.name] = { dtype: column.dtype, shape: [to - from, ...column.rowShape], data };
    }
    return batch;
  }

  private buffer({ name, values }: HeldColumn, length: number): FeedNumbers {
    const key = `${name}/${length}`;
    const known = this.buffers.get(key);
    if (known) return known;
    const Kind = values.constructor as new (length: number) => FeedNumbers;
    const made = new Kind(length);
    this.buffers.set(key, made);
    return made;
  }
}

interface Range {
  readonly rows: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

function gather(source: FeedNumbers, target: FeedNumbers, { rows, from, to, size }: Range): void {
  for (let i = from; i < to; i++) {
    const start = (rows[i] ?? 0) * size;
    if (size === 1) target[i - from] = source[start] ?? 0;
    else target.set(source.subarray(start, start + size), (i - from) * size);
  }
}
