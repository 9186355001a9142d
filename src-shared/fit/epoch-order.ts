import { createRandom, deriveSeed } from '../random';
import { pieceAt, placeOf, type RowLayout } from '../runs/row-layout';

/** How rows that are not held are to be read: pieces of them, each as a whole, a few at a time. */
export interface DiskOrder {
  readonly layout: RowLayout;
  /** How many pieces a batch is mixed from. */
  readonly window: number;
}

interface Epoch {
  readonly seed: number;
  /** From 1. */
  readonly epoch: number;
}

/** The order in which an epoch visits the training rows: any order, or one that reads each piece of the disk once. */
export function epochOrder(rows: Int32Array, { seed, epoch }: Epoch, disk?: DiskOrder): Int32Array {
  const random = createRandom(deriveSeed(seed, 'data-order', epoch));
  return disk ? mixPieces(rows, disk, random) : random.shuffle(Int32Array.from(rows));
}

/**
 * Pieces come in random order, one a turn. Each row of a piece takes any one of the next `window` turns, and the rows
 * of a turn are shuffled: a batch is mixed from `window` pieces, and of each turn only one piece is new.
 */
function mixPieces(
  rows: Int32Array,
  { layout, window }: DiskOrder,
  random: ReturnType<typeof createRandom>,
): Int32Array {
  const pieces = layout.pieces.length;
  const turnOf = random.shuffle(Int32Array.from({ length: pieces }, (_, piece) => piece));
  const turns = rows.map((row) => {
    const first = turnOf[pieceAt(layout, placeOf(layout, row))] ?? 0;
    return first + Math.floor(random.uniform() * window);
  });
  const { sorted, starts } = sortByTurn(rows, turns, pieces + window - 1);
  for (let turn = 0; turn + 1 < starts.length; turn++) random.shuffle(sorted.subarray(starts[turn], starts[turn + 1]));
  return sorted;
}

/** Counting sort; turn `t` has the rows from `starts[t]` to below `starts[t + 1]`. */
function sortByTurn(rows: Int32Array, turns: Int32Array, count: number) {
  const starts = new Int32Array(count + 1);
  for (const turn of turns) starts[turn + 1] = (starts[turn + 1] ?? 0) + 1;
  for (let turn = 0; turn < count; turn++) starts[turn + 1] = (starts[turn + 1] ?? 0) + (starts[turn] ?? 0);
  const next = starts.slice();
  const sorted = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const turn = turns[i] ?? 0;
    const at = next[turn] ?? 0;
    sorted[at] = rows[i] ?? 0;
    next[turn] = at + 1;
  }
  return { sorted, starts };
}

/** Places in `rows` in the order in which they are read once from the disk; undefined where any order is as good. */
export function readingOrder(rows: Int32Array, disk: DiskOrder | undefined): Int32Array | undefined {
  if (!disk) return undefined;
  const place = (i: number) => placeOf(disk.layout, rows[i] ?? 0);
  return Int32Array.from(rows.keys()).sort((a, b) => place(a) - place(b));
}
