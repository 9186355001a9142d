import { join } from 'node:path';
import { z } from 'zod';
import type { FsPort } from '../files/fs-port';
import { JsonFile } from '../files/json-file';
import type { Host } from '../host';

/** Fingerprints by the device that was wanted. */
const schema = z.record(z.string(), z.string());

/** The runner that a run engine told of the last time, in the store: for plans where no engine starts any more. */
export class KnownRunner {
  private readonly file: JsonFile<z.infer<typeof schema>>;
  private readonly device: string;

  constructor(fs: FsPort, { store, device = 'auto' }: Pick<Host, 'store' | 'device'>) {
    this.file = new JsonFile(fs, join(store, 'runner.json'), schema);
    this.device = device;
  }

  async recall(): Promise<string | undefined> {
    return (await this.file.read())[this.device];
  }

  /** Never fails: a disk that takes nothing more is no reason to refuse a plan. */
  async keep(fingerprint: string): Promise<void> {
    try {
      const known = await this.file.read();
      if (known[this.device] !== fingerprint) await this.file.write({ ...known, [this.device]: fingerprint });
    } catch {
      // What cannot be kept is told again by the next engine.
    }
  }
}
