import koffi, { type LibraryHandle } from 'koffi';
import { fail } from '../../../src-shared/problem';
import { cudaLibrariesIn } from '../gpu/gpu-problem';
import { bind, type TensorflowApi } from './bindings';
import { type LibraryBuild, type LibraryFiles, libraryCache, locateLibraries } from './locate-library';
import { prepareEnvironment } from './prepare-environment';
import { loadLibc, withoutNotes } from './quiet-load';

/** A libtensorflow that is loaded into this process. */
export interface Tensorflow {
  readonly api: TensorflowApi;
  readonly version: string;
  readonly files: LibraryFiles;
}

const loaded = new Map<string, Tensorflow>();

/**
 * Loads the first libtensorflow that works, once per process; those of the wanted build are tried first.
 * Throws `library-missing` where there is none and `library-unusable` where none can be loaded.
 */
export function loadTensorflow(env: NodeJS.ProcessEnv = process.env, wanted: LibraryBuild = 'cpu'): Tensorflow {
  const candidates = locateLibraries(env, wanted);
  const fix = { fix: { code: 'run-command', command: 'npm start -- doctor' } } as const;
  if (candidates.length === 0) {
    fail('library-missing', { folder: env.MODELYARD_LIBTENSORFLOW ?? libraryCache(env) }, fix);
  }
  // Two of them in one process would share symbols: what is loaded serves all.
  const present = candidates.find(({ library }) => loaded.has(library));
  if (present) return load(present);
  const reasons: string[] = [];
  for (const files of candidates) {
    try {
      return load(files);
    } catch (error) {
      reasons.push(`${files.library}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return fail('library-unusable', { reason: reasons.join('; ') }, fix);
}

function load(files: LibraryFiles): Tensorflow {
  const known = loaded.get(files.library);
  if (known) return known;
  enlargeStacks();
  prepareEnvironment();
  const libc = loadLibc();
  if (process.platform !== 'win32') pin(libc, files);
  koffi.load(files.framework, { global: true, lazy: true });
  const api = bind(koffi.load(files.library, { global: true, lazy: true }), libc);
  const tensorflow = { api, version: api.version(), files };
  loaded.set(files.library, tensorflow);
  return tensorflow;
}

/** TensorFlow's graph optimizer recurses deeper than the 128 KiB that koffi gives asynchronous calls. */
function enlargeStacks(): void {
  const stack = 8 << 20;
  const { async_stack_size = 0, sync_stack_size = 0 } = koffi.config();
  if (async_stack_size < stack || sync_stack_size < stack) {
    koffi.config({ async_stack_size: stack, sync_stack_size: stack });
  }
}

/**
 * Opens the libraries so that they stay until the process ends: koffi closes what it opened when a thread or the
 * process winds down, and TensorFlow crashes in its destructors then.
 */
function pin(libc: LibraryHandle, files: LibraryFiles): void {
  const dlopen = libc.func('void *dlopen(const char *path, int flags)');
  const flags = process.platform === 'darwin' ? 0x1 | 0x8 | 0x80 : 0x1 | 0x100 | 0x1000; // LAZY | GLOBAL | NODELETE
  withoutNotes(() => {
    // CUDA's first: the build looks for them beside itself, but not in all of their folders.
    for (const path of [...cudaLibrariesIn(files.home), files.framework, files.library]) dlopen(path, flags);
  });
}
