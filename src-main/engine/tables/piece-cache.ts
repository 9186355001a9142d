/** Pieces that somebody may be about to copy from. */
const newest = 4;

/** Pieces of blocks that were read lately, by what they hold; the least recently used go when there are too many bytes. */
export class PieceCache {
  /** In the order of their last use. */
  private readonly pieces = new Map<string, Uint8Array>();
  private readonly reading = new Map<string, Promise<Uint8Array>>();
  private bytes = 0;

  constructor(readonly limit: number) {}

  /** Pieces that are being read. */
  get underWay(): number {
    return this.reading.size;
  }

  has(key: string): boolean {
    return this.pieces.has(key) || this.reading.has(key);
  }

  get(key: string): Uint8Array | undefined {
    const piece = this.pieces.get(key);
    if (!piece) return undefined;
    this.pieces.delete(key);
    this.pieces.set(key, piece);
    return piece;
  }

  /** The piece, read by `fill` where it is not here; whoever asks for it meanwhile gets the same one. */
  async read(key: string, size: number, fill: (into: Uint8Array) => Promise<void>): Promise<Uint8Array> {
    const known = this.get(key) ?? this.reading.get(key);
    if (known) return known;
    const reading = this.fill(key, size, fill).finally(() => this.reading.delete(key));
    this.reading.set(key, reading);
    return reading;
  }

  private async fill(key: string, size: number, fill: (into: Uint8Array) => Promise<void>): Promise<Uint8Array> {
    const piece = this.makeRoom(size) ?? new Uint8Array(size);
    this.bytes += size;
    try {
      await fill(piece);
      this.pieces.set(key, piece);
      return piece;
    } catch (error) {
      this.bytes -= size;
      throw error;
    }
  }

  /**
   * Returns memory that can be filled anew: what is collected later would pile up between. Pieces that were read last
   * may still be copied from, so theirs is not.
   */
  private makeRoom(size: number): Uint8Array | undefined {
    let spare: Uint8Array | undefined;
    for (const [key, piece] of this.pieces) {
      if (this.bytes + size <= this.limit) break;
      if (this.pieces.size > newest && piece.length === size) spare = piece;
      this.pieces.delete(key);
      this.bytes -= piece.length;
    }
    return spare;
  }
}
