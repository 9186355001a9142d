import { basename, join } from 'node:path';
import { z } from 'zod';
import type { RecentDocument } from '../../src-shared/window-data';
import { type FsPort, statIfThere } from '../files/fs-port';
import { JsonFile } from '../files/json-file';
import { Turns } from './turns';

const longest = 20;

const recentSchema = z.looseObject({
  documents: z.array(z.looseObject({ path: z.string(), openedAt: z.string() })).default([]),
});
type Recent = z.infer<typeof recentSchema>;

/** Files that were opened or saved, newest first. */
export class RecentList {
  private readonly turns = new Turns();
  private readonly file: JsonFile<Recent>;

  constructor(
    private readonly fs: FsPort,
    folder: string,
    private readonly now: () => number,
  ) {
    this.file = new JsonFile(fs, join(folder, 'recent.json'), recentSchema);
  }

  /** Never fails: a list that cannot be kept must not keep a document from being opened. */
  add(path: string): Promise<void> {
    const openedAt = new Date(this.now()).toISOString();
    return this.change((documents) => [{ path, openedAt }, ...documents.filter((each) => each.path !== path)]).catch(
      () => undefined,
    );
  }

  async forget(path: string): Promise<readonly RecentDocument[]> {
    await this.change((documents) => documents.filter((each) => each.path !== path));
    return this.list();
  }

  async list(): Promise<readonly RecentDocument[]> {
    const { documents } = await this.turns.run(() => this.file.read());
    return Promise.all(
      documents.map(async ({ path, openedAt }) => {
        const found = await statIfThere(this.fs, path).catch(() => undefined);
        return { path, name: basename(path), openedAt, isMissing: found?.kind !== 'file' };
      }),
    );
  }

  private change(change: (documents: Recent['documents']) => Recent['documents']): Promise<void> {
    return this.turns.run(async () => {
      const recent = await this.file.read();
      await this.file.write({ ...recent, documents: change(recent.documents).slice(0, longest) });
    });
  }
}
