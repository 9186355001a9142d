import { dirname } from 'node:path';
import type { z } from 'zod';
import { readJson } from '../../src-shared/document/read-json';
import { ProblemError } from '../../src-shared/problem';
import { writeFileAtomic } from './atomic-write';
import { diskProblem, withDiskProblems } from './disk-problem';
import { type FsPort, isDiskError } from './fs-port';

/**
 * A small file of the app's own, as JSON. One that is damaged counts as empty, and stays beside as `….damaged`: what a
 * person wrote by hand is not thrown away over a comma.
 */
export class JsonFile<T> {
  constructor(
    private readonly fs: FsPort,
    private readonly path: string,
    /** Gives defaults for what is absent: `{}` must fit. */
    private readonly schema: z.ZodType<T>,
  ) {}

  async read(): Promise<T> {
    const bytes = await this.bytes();
    const read = bytes ? readJson(Buffer.from(bytes).toString('utf8')) : { data: {} };
    const parsed = 'data' in read ? this.schema.safeParse(read.data) : undefined;
    if (parsed?.success) return parsed.data;
    if (bytes) await this.keepDamaged(bytes);
    return this.schema.parse({});
  }

  /** @throws ProblemError of the disk; the old content is then untouched */
  async write(data: T): Promise<void> {
    await withDiskProblems(this.path, async () => {
      await this.fs.makeFolder(dirname(this.path));
      await writeFileAtomic(this.fs, this.path, Buffer.from(`${JSON.stringify(data, undefined, 2)}\n`));
    });
  }

  private async bytes(): Promise<Uint8Array | undefined> {
    try {
      return await this.fs.read(this.path);
    } catch (error) {
      if (isDiskError(error, 'ENOENT')) return undefined;
      throw isDiskError(error) ? new ProblemError(diskProblem(error, this.path)) : error;
    }
  }

  private async keepDamaged(bytes: Uint8Array): Promise<void> {
    await writeFileAtomic(this.fs, `${this.path}.damaged`, bytes).catch(() => undefined);
  }
}
