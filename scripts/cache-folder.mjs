import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/**
 * The per-user folder for what is downloaded or built once: native libraries, oracles for tests. It may be deleted at
 * any time. Twin of `src-main/backends/cache-folder.ts`, for code that runs before anything is installed or built.
 */
export function cacheFolder() {
  return join(userCache(), 'modelyard');
}

function userCache() {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (platform() === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}

export const libtensorflowVersion = '2.21.0';

/** Holds `libtensorflow_cc` and `libtensorflow_framework`, and `include` for building tfjs-node's addon. */
export function libtensorflowFolder() {
  return join(cacheFolder(), 'libtensorflow', `${libtensorflowVersion}-cpu`);
}

/** Holds the CUDA build in `tensorflow` and NVIDIA's libraries in `nvidia`, where that build looks for them. */
export function libtensorflowGpuFolder() {
  return join(cacheFolder(), 'libtensorflow', `${libtensorflowVersion}-gpu`);
}
