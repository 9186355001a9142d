import { isAbsolute, resolve } from 'node:path';
import type { Files } from '../../src-shared/runs/run-context';
import { bundledPath } from '../files/bundled';
import { withDiskProblems } from '../files/disk-problem';
import type { FsPort } from '../files/fs-port';
import type { FileHashes } from './probe/file-hashes';
import { listFolder } from './probe/list-folder';

/** Files as a document names them: relative to the folder it lies in. */
export function documentFiles(fs: FsPort, hashes: FileHashes, base: string): Files {
  const absolute = (path: string) => (isAbsolute(path) ? path : resolve(base, path));
  const read = (path: string) => withDiskProblems(path, () => fs.read(path));
  return {
    resolve: absolute,
    read: (path) => read(absolute(path)),
    list: async (folder, extensions) => (await listFolder(fs, absolute(folder), extensions)).map(({ name }) => name),
    hash: (path) => hashes.hash(absolute(path)),
    bundled: (name) => read(bundledPath(name)),
  };
}
