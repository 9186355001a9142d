import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where values, blobs and runs live. */
export interface StoreFolders {
  readonly root: string;
  readonly values: string;
  /** Small values, many to a file. */
  readonly log: string;
  readonly blobs: string;
  readonly runs: string;
  /** Facts of source files, by path, size, time and inode. */
  readonly facts: string;
  /** One mark per run that is open, so that nothing it uses is evicted. */
  readonly open: string;
}

export function storeFolders(root: string): StoreFolders {
  return {
    root,
    values: join(root, 'values'),
    log: join(root, 'log'),
    blobs: join(root, 'blobs'),
    runs: join(root, 'runs'),
    facts: join(root, 'facts'),
    open: join(root, 'open'),
  };
}

/** The user's own store: `XDG_DATA_HOME/modelyard/store`, or the system's usual place for application data. */
export function defaultStoreRoot(env: NodeJS.ProcessEnv): string {
  if (env.MODELYARD_STORE) return env.MODELYARD_STORE;
  if (env.XDG_DATA_HOME) return join(env.XDG_DATA_HOME, 'modelyard', 'store');
  if (process.platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'modelyard', 'store');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'modelyard', 'store');
  return join(homedir(), '.local', 'share', 'modelyard', 'store');
}
