import { elementCount } from '../../../src-shared/ops/tensor';
import { pieceAt, placeOf, type RowLayout } from '../../../src-shared/runs/row-layout';
import type { BlobStore, BlockNumbers, BlockReader } from '../../../src-shared/runs/run-context';
import type { Block } from '../../../src-shared/runs/values';
import type { PieceCache } from './piece-cache';

/** What a piece takes at most, where a row is not larger: it is held as a whole. */
export const pieceBytes = 8 * 2 ** 20;

/** Pieces that are read before anyone asks for them. */
const piecesAhead = 4;

interface Piece {
  readonly key: string;
  readonly blob: Block['parts'][number]['blob'];
  /** In the blob. */
  readonly from: number;
  readonly rows: number;
}

/** Opens the rows of a tensor column; they are read when they are asked for. */
export async function openBlock(block: Block, store: BlobStore, cache: PieceCache): Promise<BlockReader> {
  const pieces = cutPieces(block);
  const places = block.at ? new Int32Array(Uint8Array.from(await store.get(block.at.blob)).buffer) : undefined;
  return new BlockRows(block, { store, cache, pieces, layout: layoutOf(pieces, places) });
}

function cutPieces(block: Block): Piece[] {
  const size = rowBytes(block);
  const most = Math.max(1, Math.floor(pieceBytes / size));
  const pieces: Piece[] = [];
  for (const { blob, rows } of block.parts)
    for (let row = 0; row < rows; row += most) {
      const from = row * size;
      pieces.push({ key: `${blob}/${from}/${size}`, blob, from, rows: Math.min(most, rows - row) });
    }
  return pieces;
}

function layoutOf(pieces: readonly Piece[], places: Int32Array | undefined): RowLayout {
  const starts = new Int32Array(pieces.length);
  for (let i = 1; i < pieces.length; i++) starts[i] = (starts[i - 1] ?? 0) + (pieces[i - 1]?.rows ?? 0);
  return { pieces: starts, ...(places ? { places } : {}) };
}

interface Opened {
  readonly store: BlobStore;
  readonly cache: PieceCache;
  readonly pieces: readonly Piece[];
  readonly layout: RowLayout;
}

class BlockRows implements BlockReader {
  readonly byteLength: number;
  readonly layout: RowLayout;
  private readonly size: number;
  private readonly rowCount: number;

  constructor(
    private readonly block: Block,
    private readonly opened: Opened,
  ) {
    this.layout = opened.layout;
    this.size = rowBytes(block);
    this.rowCount = opened.pieces.reduce((sum, { rows }) => sum + rows, 0);
    this.byteLength = this.rowCount * this.size;
  }

  async all(): Promise<BlockNumbers> {
    const { store, pieces } = this.opened;
    const bytes = new Uint8Array(this.byteLength);
    let next = 0;
    for (const { blob, from, rows } of pieces) {
      await store.readInto(blob, bytes.subarray(next, next + rows * this.size), from);
      next += rows * this.size;
    }
    const { places } = this.layout;
    if (!places) return numbersOf(this.block, bytes);
    const ordered = new Uint8Array(this.byteLength);
    places.forEach((place, row) => {
      ordered.set(bytes.subarray(place * this.size, (place + 1) * this.size), row * this.size);
    });
    return numbersOf(this.block, ordered);
  }

  async pick(rows: ArrayLike<number>): Promise<BlockNumbers> {
    const bytes = new Uint8Array(rows.length * this.size);
    for (let i = 0; i < rows.length; i++) {
      const { piece, offset } = this.find(rows[i] ?? 0);
      const into = bytes.subarray(i * this.size, (i + 1) * this.size);
      const held = this.opened.cache.get(piece.key);
      if (held) into.set(held.subarray(offset, offset + this.size));
      else await this.opened.store.readInto(piece.blob, into, piece.from + offset);
    }
    return numbersOf(this.block, bytes);
  }

  gather(rows: Int32Array, into: BlockNumbers): Promise<void> | undefined {
    const { size } = this;
    const target = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    const copy = (from: Uint8Array, offset: number, i: number) =>
      target.set(from.subarray(offset, offset + size), i * size);
    const missing: Missing = new Map();
    for (let i = 0; i < rows.length; i++) {
      const { piece, offset } = this.find(rows[i] ?? 0);
      const held = this.opened.cache.get(piece.key);
      if (held) copy(held, offset, i);
      else wanted(missing, piece).push([offset, i]);
    }
    return missing.size === 0 ? undefined : this.gatherMissing(missing, copy);
  }

  readAhead(row: number): boolean {
    const { cache } = this.opened;
    const { piece } = this.find(row);
    if (cache.has(piece.key)) return true;
    if (cache.underWay >= piecesAhead) return false;
    // Whoever asks for it next is told what went wrong.
    this.read(piece).catch(() => undefined);
    return true;
  }

  /** Each piece is let go as soon as its rows are copied: all of them together may be too much to hold. */
  private async gatherMissing(
    missing: Missing,
    copy: (from: Uint8Array, offset: number, i: number) => void,
  ): Promise<void> {
    for (const [piece, rows] of missing) {
      const bytes = await this.read(piece);
      for (const [offset, i] of rows) copy(bytes, offset, i);
    }
  }

  private read({ key, blob, from, rows }: Piece): Promise<Uint8Array> {
    const { cache, store } = this.opened;
    return cache.read(key, rows * this.size, (into) => store.readInto(blob, into, from));
  }

  private find(row: number): { readonly piece: Piece; readonly offset: number } {
    const place = placeOf(this.layout, row);
    const index = pieceAt(this.layout, place);
    const piece = this.opened.pieces[index];
    if (!piece || place < 0 || place >= this.rowCount) throw new Error(`The block has no row ${row}.`);
    return { piece, offset: (place - (this.layout.pieces[index] ?? 0)) * this.size };
  }
}

/** Rows to copy once their pieces are read. */
type Missing = Map<Piece, [offset: number, i: number][]>;

function wanted(missing: Missing, piece: Piece): [offset: number, i: number][] {
  const known = missing.get(piece) ?? [];
  missing.set(piece, known);
  return known;
}

function rowBytes({ dtype, shape }: Block): number {
  return elementCount(shape) * (dtype === 'uint8' ? 1 : 4);
}

function numbersOf({ dtype }: Block, { buffer, byteOffset, byteLength }: Uint8Array): BlockNumbers {
  if (dtype === 'uint8') return new Uint8Array(buffer, byteOffset, byteLength);
  if (dtype === 'int32') return new Int32Array(buffer, byteOffset, byteLength / 4);
  return new Float32Array(buffer, byteOffset, byteLength / 4);
}
