import type { DType } from '../ops/tensor';
import type { BlobStore } from './run-context';
import type { Block, BlockPart } from './values';

/** Bytes of a part, where a row is not larger: enough to be read fast, little enough to be held. */
export const mostPartBytes = 32 * 2 ** 20;

/** Writes the rows of a tensor column to the store as they come; no more than one part of them is held. */
export class BlockWriter {
  private readonly parts: BlockPart[] = [];
  private readonly mostRows: number;
  private part = new Uint8Array(0);
  private rows = 0;

  /** @param rowBytes what each row takes */
  constructor(
    private readonly store: BlobStore,
    private readonly rowBytes: number,
    partBytes = mostPartBytes,
  ) {
    this.mostRows = Math.max(1, Math.floor(partBytes / rowBytes));
  }

  /** Takes whole rows that follow each other. */
  async add(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; ) {
      if (this.part.length === 0) this.part = new Uint8Array(this.mostRows * this.rowBytes);
      const taken = Math.min(bytes.length - from, this.part.length - this.rows * this.rowBytes);
      this.part.set(bytes.subarray(from, from + taken), this.rows * this.rowBytes);
      this.rows += taken / this.rowBytes;
      from += taken;
      if (this.rows === this.mostRows) await this.flush();
    }
  }

  async finish(type: { readonly dtype: DType; readonly shape: readonly number[] }): Promise<Block> {
    await this.flush();
    return { ...type, parts: this.parts };
  }

  private async flush(): Promise<void> {
    if (this.rows === 0) return;
    const bytes = this.part.subarray(0, this.rows * this.rowBytes);
    this.parts.push({ blob: await this.store.put(bytes), rows: this.rows });
    this.rows = 0;
  }
}
