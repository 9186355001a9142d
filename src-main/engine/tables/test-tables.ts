import { mkdtempSync, rmSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunContext } from '../../../src-shared/runs/run-context';
import type { RunEventBody } from '../../../src-shared/runs/run-event';
import { realFs } from '../../files/fs-port';
import { documentFiles } from '../document-files';
import { createImages } from '../images';
import { FileHashes } from '../probe/file-hashes';
import { BlobFolder } from '../store/blobs';
import { createTables, type TablesService } from './tables';

/** Real tables over a real store in a temporary folder, for tests. */
export interface TestTables {
  readonly folder: string;
  readonly tables: TablesService;
  /** The part of a run's context that data nodes use. */
  readonly ctx: RunContext;
  /** What data nodes have told. */
  readonly events: readonly RunEventBody[];
  /** Writes a file into the folder and returns its path. */
  file(name: string, content: string | Uint8Array): Promise<string>;
  exists(path: string): Promise<boolean>;
  close(): Promise<void>;
}

export function openTestTables(): TestTables {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'));
  const store = new BlobFolder(realFs, join(folder, 'blobs'));
  const tables = createTables({ store, blobPath: (hash) => store.localPath(hash), tempFolder: join(folder, 'temp') });
  const files = documentFiles(realFs, new FileHashes(realFs, join(folder, 'facts')), folder);
  const events: RunEventBody[] = [];
  // Data nodes use nothing else of a run's context.
  const ctx = {
    ...{ tables, store, files, images: createImages(realFs), signal: new AbortController().signal },
    node: { id: 'n', name: 'source' },
    emit: (event: RunEventBody) => void events.push(event),
  } as unknown as RunContext;
  return {
    folder,
    tables,
    ctx,
    events,
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
