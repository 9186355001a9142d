import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The per-user folder for what is downloaded or built once: native libraries, oracles for tests. It may be deleted at
 * any time. Twin of `scripts/cache-folder.mjs`, which runs before anything is built; a test keeps them equal.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(userCache(env), 'modelyard');
}

function userCache(env: NodeJS.ProcessEnv): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}
