import { sweepTemporaryFiles } from '../../files/atomic-write';
import type { FsPort } from '../../files/fs-port';
import { BlobFolder, type LocalBlobs } from './blobs';
import { type StoreFolders, storeFolders } from './store-folder';
import { ValueStore } from './value-store';

/** A store on disk: values and blobs under one folder, shared by every process that names it. */
export interface Store {
  readonly fs: FsPort;
  readonly folders: StoreFolders;
  readonly values: ValueStore;
  readonly blobs: LocalBlobs;
}

/** Opens (and makes, at the first write) the store, and removes what killed processes left half-done. */
export async function openStore(fs: FsPort, root: string): Promise<Store> {
  const folders = storeFolders(root);
  const now = Date.now();
  for (const folder of [folders.values, folders.blobs, folders.facts]) await sweepTemporaryFiles(fs, folder, now);
  const blobs = new BlobFolder(fs, folders.blobs);
  return { fs, folders, blobs, values: new ValueStore(fs, folders, blobs) };
}
