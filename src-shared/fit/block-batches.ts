import { elementCount } from '../ops/tensor';
import type { BlockNumbers } from '../runs/run-context';
import type { DiskOrder } from './epoch-order';
import { type Batch, BatchReader, type BatchSource, type BlockColumn, type FeedColumn, isHeld } from './feed-columns';

/** Pieces that a batch of one column is mixed from; several columns share them. Results depend on it. */
const mixedPieces = 16;

/** Turns (`epoch-order.ts`) that are looked ahead for pieces to read. */
const turnsAhead = 4;

/** Batches of rows that are not all in memory. What the next ones need is read while a step computes. */
export class BlockBatches implements BatchSource {
  readonly disk: DiskOrder;
  private readonly held: BatchReader;
  private readonly blocks: readonly BlockColumn[];
  private readonly buffers = new Map<string, BlockNumbers>();
  private readonly rowsAhead: number;
  private order: Int32Array | undefined;
  private next = 0;

  constructor(columns: readonly FeedColumn[]) {
    this.held = new BatchReader(columns.filter(isHeld));
    this.blocks = columns.flatMap((column) => (isHeld(column) ? [] : [column]));
    this.disk = diskOrder(this.blocks);
    this.rowsAhead = turnsAhead * largestPiece(this.disk);
  }

  read(rows: Int32Array, from: number, to: number): Batch | Promise<Batch> {
    const batch = { ...this.held.read(rows, from, to) };
    const wanted = rows.subarray(from, to);
    const waiting: Promise<void>[] = [];
    for (const { name, dtype, rowShape, block } of this.blocks) {
      const data = this.buffer(name, dtype, wanted.length * elementCount(rowShape));
      batch[name] = { dtype, shape: [wanted.length, ...rowShape], data };
      const reading = block.gather(wanted, data);
      if (reading) waiting.push(reading);
    }
    if (this.order !== rows || from === 0) this.next = to;
    this.order = rows;
    this.readAhead(rows, to);
    return waiting.length === 0 ? batch : Promise.all(waiting).then(() => batch);
  }

  private readAhead(rows: Int32Array, to: number): void {
    const end = Math.min(rows.length, to + this.rowsAhead);
    this.next = Math.max(this.next, to);
    const isRead = (row: number) => this.blocks.every(({ block }) => block.readAhead(row));
    while (this.next < end && isRead(rows[this.next] ?? 0)) this.next++;
  }

  /** Used again by the next batch of the same size: sessions copy feeds before they return. */
  private buffer(name: string, dtype: BlockColumn['dtype'], length: number): BlockNumbers {
    const key = `${name}/${length}`;
    const known = this.buffers.get(key);
    if (known) return known;
    const Kind = dtype === 'uint8' ? Uint8Array : dtype === 'int32' ? Int32Array : Float32Array;
    const made = new Kind(length);
    this.buffers.set(key, made);
    return made;
  }
}

/** The largest column says in which order rows are read. */
function diskOrder(blocks: readonly BlockColumn[]): DiskOrder {
  const [largest, ...others] = blocks.map(({ block }) => block).sort((a, b) => b.byteLength - a.byteLength);
  if (!largest) throw new Error('There is no block to read.');
  const bytes = others.reduce((sum, { byteLength }) => sum + byteLength, largest.byteLength);
  const window = Math.max(2, Math.floor((mixedPieces * largest.byteLength) / Math.max(1, bytes)));
  return { layout: largest.layout, window };
}

function largestPiece({ layout: { pieces } }: DiskOrder): number {
  return pieces.reduce((most, start, i) => Math.max(most, start - (pieces[i - 1] ?? 0)), 1);
}
