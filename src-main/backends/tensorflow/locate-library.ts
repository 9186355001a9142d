import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../cache-folder';

/** `gpu`: the CUDA build, which computes on the processor too. */
export type LibraryBuild = 'cpu' | 'gpu';

/** The two files of one libtensorflow, and how they were found. */
export interface LibraryFiles {
  readonly build: LibraryBuild;
  readonly folder: string;
  /** What was fetched or installed as one: of a CUDA build the folder with `tensorflow` and `nvidia` in it. */
  readonly home: string;
  readonly library: string;
  readonly framework: string;
  readonly from: 'MODELYARD_LIBTENSORFLOW' | 'cache' | 'tfjs-node';
}

const names: Readonly<Record<string, { library: readonly string[]; framework: readonly string[] }>> = {
  linux: {
    library: ['libtensorflow_cc.so.2', 'libtensorflow.so.2', 'libtensorflow.so'],
    framework: ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
  },
  darwin: {
    library: ['libtensorflow_cc.2.dylib', 'libtensorflow.2.dylib', 'libtensorflow.dylib'],
    framework: ['libtensorflow_framework.2.dylib', 'libtensorflow_framework.dylib'],
  },
  // On Windows everything is in one file.
  win32: { library: ['tensorflow.dll'], framework: ['tensorflow.dll'] },
};

/** Where downloaded libraries are kept, one folder per version and build. */
export function libraryCache(env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheFolder(env), 'libtensorflow');
}

/**
 * Every libtensorflow on this machine, best first: those of the wanted build before the others, newer before older.
 * The environment's choice is the only one where it is set.
 */
export function locateLibraries(env: NodeJS.ProcessEnv = process.env, wanted: LibraryBuild = 'cpu'): LibraryFiles[] {
  const chosen = env.MODELYARD_LIBTENSORFLOW;
  if (chosen) {
    const folder = existsSync(chosen) && statSync(chosen).isFile() ? dirname(chosen) : chosen;
    return filesIn(folder, 'MODELYARD_LIBTENSORFLOW');
  }
  const found = [
    ...cachedFolders(libraryCache(env)).flatMap((folder) => filesIn(folder, 'cache')),
    ...tfjsNodeFolder().flatMap((folder) => filesIn(folder, 'tfjs-node')),
  ];
  return [...found.filter(({ build }) => build === wanted), ...found.filter(({ build }) => build !== wanted)];
}

/** In the folder itself, or in `tensorflow` in it beside `nvidia`: where the CUDA build looks for its libraries. */
function filesIn(home: string, from: LibraryFiles['from']): LibraryFiles[] {
  const inside = pairIn(join(home, 'tensorflow'));
  if (inside) return [{ build: buildOf(home), home, ...inside, from }];
  const pair = pairIn(home);
  if (!pair) return [];
  const build = buildOf(dirname(home));
  return [{ build, home: build === 'gpu' ? dirname(home) : home, ...pair, from }];
}

function buildOf(home: string): LibraryBuild {
  return existsSync(join(home, 'nvidia')) ? 'gpu' : 'cpu';
}

function pairIn(folder: string): Pick<LibraryFiles, 'folder' | 'library' | 'framework'> | undefined {
  const wanted = names[process.platform];
  const find = (candidates: readonly string[] = []) =>
    candidates.map((name) => join(folder, name)).find((path) => existsSync(path));
  const library = find(wanted?.library);
  const framework = find(wanted?.framework);
  return library && framework ? { folder, library, framework } : undefined;
}

/** Newest version first; without what a set-up is still fetching. */
function cachedFolders(cache: string): string[] {
  if (!existsSync(cache)) return [];
  const entries = readdirSync(cache, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.includes('.part'));
  const sorted = folders.map((entry) => entry.name).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return sorted.map((name) => join(cache, name));
}

function tfjsNodeFolder(): string[] {
  try {
    const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node/package.json');
    return [join(dirname(manifest), 'deps', 'lib')];
  } catch {
    // The package is optional.
    return [];
  }
}
