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
    this.makeRoom(size);
    this.bytes += size;
    try {
      const piece = new Uint8Array(size);
      await fill(piece);
      this.pieces.set(key, piece);
      return piece;
    } catch (error) {
      this.bytes -= size;
      throw error;
    }
  }

  private makeRoom(size: number): void {
    for (const [key, { length }] of this.pieces) {
      if (this.bytes + size <= this.limit) return;
      this.pieces.delete(key);
      this.bytes -= length;
    }
  }
}
