import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './project.mjs';

/**
 * What is bundled into `out/`. The files lie beside each other and find one another relative to `import.meta.url`.
 * `alone` = everything inside, so that the file runs on a machine where nothing is installed.
 * @typedef {{ source: string, target: string, alone?: boolean }} Entry
 * @type {readonly Entry[]}
 */
export const entries = [
  { source: 'src-main/cli/main.ts', target: 'out/cli.mjs' },
  { source: 'src-main/engine/engine.ts', target: 'out/engine.mjs' },
  { source: 'src-main/exports/parity-process.ts', target: 'out/parity.mjs' },
  { source: 'src-main/serving/server.ts', target: 'out/server.mjs', alone: true },
];

const stampFile = 'out/build.json';

/**
 * Bundles every entry whose sources changed since the last build.
 * @param {readonly string[]} wanted targets to look at
 * @returns {Promise<string[]>} the targets that were written
 */
export async function build(wanted = entries.map(({ target }) => target)) {
  const stamp = readStamp();
  const stale = entries.filter(
    (entry) => wanted.includes(entry.target) && exists(entry.source) && !isFresh(entry, stamp[entry.target]),
  );
  if (stale.length === 0) return [];
  const esbuild = await import('esbuild');
  mkdirSync(join(root, 'out'), { recursive: true });
  const built = await Promise.all(stale.map(async (entry) => [entry.target, await bundle(esbuild, entry)]));
  writeFileSync(join(root, stampFile), JSON.stringify({ ...stamp, ...Object.fromEntries(built) }));
  return stale.map((entry) => entry.target);
}

/**
 * @param {typeof import('esbuild')} esbuild
 * @param {Entry} entry
 * @returns {Promise<Stamp>}
 */
async function bundle(esbuild, entry) {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry.source],
    outfile: entry.target,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    metafile: true,
    logLevel: 'error',
    logOverride: { 'direct-eval': 'silent' },
    loader: { '.wasm': 'binary' },
    ...(entry.alone ? standingAlone : /** @type {const} */ ({ packages: 'external', sourcemap: 'linked' })),
  });
  const inputs = Object.keys(metafile.inputs).filter(exists);
  return {
    options: buildOptionsVersion(),
    inputs: Object.fromEntries(inputs.map((path) => [path, fingerprint(path)])),
  };
}

/** CommonJS packages inside an ES module still call `require` for Node's own modules. */
const standingAlone = /** @type {const} */ ({
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'eof',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
});

/** @typedef {{ options: string, inputs: Record<string, string> }} Stamp */

/**
 * @param {Entry} entry
 * @param {Stamp | undefined} stamp
 */
function isFresh(entry, stamp) {
  if (!stamp || !exists(entry.target) || stamp.options !== buildOptionsVersion()) return false;
  return Object.entries(stamp.inputs).every(([path, print]) => exists(path) && fingerprint(path) === print);
}

/** @returns {Record<string, Stamp>} */
function readStamp() {
  try {
    return JSON.parse(readFileSync(join(root, stampFile), 'utf8'));
  } catch {
    return {};
  }
}

/** @param {string} path */
function fingerprint(path) {
  const { mtimeMs, size } = statSync(join(root, path));
  return `${size}-${mtimeMs}`;
}

/** A change of this script, or of the installed packages, makes every bundle stale. */
function buildOptionsVersion() {
  return [fingerprint('scripts/build.mjs'), fingerprint('package-lock.json')].join(' ');
}

/** @param {string} path */
function exists(path) {
  return existsSync(join(root, path));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = Date.now();
  const written = await build();
  console.log(written.length > 0 ? `Built ${written.join(', ')} in ${Date.now() - started} ms` : 'Nothing changed');
}
