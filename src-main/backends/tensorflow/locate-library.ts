import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../cache-folder';

/** The two files of one libtensorflow, and how they were found. */
export interface LibraryFiles {
  readonly folder: string;
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

/** Every libtensorflow on this machine, best first. The environment's choice is the only one where it is set. */
export function locateLibraries(env: NodeJS.ProcessEnv = process.env): LibraryFiles[] {
  const chosen = env.MODELYARD_LIBTENSORFLOW;
  if (chosen)
    return filesIn(
      existsSync(chosen) && statSync(chosen).isFile() ? dirname(chosen) : chosen,
      'MODELYARD_LIBTENSORFLOW',
    );
  return [
    ...cachedFolders(libraryCache(env)).flatMap((folder) => filesIn(folder, 'cache')),
    ...tfjsNodeFolder().flatMap((folder) => filesIn(folder, 'tfjs-node')),
  ];
}

function filesIn(folder: string, from: LibraryFiles['from']): LibraryFiles[] {
  const wanted = names[process.platform];
  const find = (candidates: readonly string[] = []) =>
    candidates.map((name) => join(folder, name)).find((path) => existsSync(path));
  const library = find(wanted?.library);
  const framework = find(wanted?.framework);
  return library && framework ? [{ folder, library, framework, from }] : [];
}

/** Newest version first; a GPU build of the same version before the CPU one. */
function cachedFolders(cache: string): string[] {
  if (!existsSync(cache)) return [];
  const folders = readdirSync(cache, { withFileTypes: true }).filter((entry) => entry.isDirectory());
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
