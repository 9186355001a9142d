import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunContext } from '../../../src-shared/runs/run-context';
import { bundledPath } from '../../files/bundled';
import { hashFile } from '../../files/content-hash';
import { realFs } from '../../files/fs-port';
import { BlobFolder } from '../store/blobs';
import { createTables, type TablesService } from './tables';

/** Real tables over a real store in a temporary folder, for tests. */
export interface TestTables {
  readonly folder: string;
  readonly tables: TablesService;
  /** The part of a run's context that data nodes use. */
  readonly ctx: RunContext;
  /** Writes a file into the folder and returns its path. */
  file(name: string, content: string | Uint8Array): Promise<string>;
  exists(path: string): Promise<boolean>;
  close(): Promise<void>;
}

export function openTestTables(): TestTables {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'));
  const store = new BlobFolder(realFs, join(folder, 'blobs'));
  const tables = createTables({ store, blobPath: (hash) => store.localPath(hash), tempFolder: join(folder, 'temp') });
  const files: RunContext['files'] = {
    resolve: (path) => resolve(folder, path),
    read: (path) => readFile(resolve(folder, path)),
    hash: (path) => hashFile(realFs, resolve(folder, path)),
    bundled: (name) => readFile(bundledPath(name)),
  };
  // Data nodes use nothing else of a run's context.
  const ctx = { tables, store, files, signal: new AbortController().signal } as unknown as RunContext;
  return {
    folder,
    tables,
    ctx,
    file: async (name, content) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    exists: async (path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    close: async () => {
      await tables.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
