import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPage } from './build-page.mjs';
import { root } from './project.mjs';

/**
 * What is bundled into `out/`. The files lie beside each other and find one another relative to `import.meta.url`.
 * `alone` = everything inside, so that the file runs on a machine where nothing is installed. `shell` = runs inside
 * Electron, the old one of the tests too. `chrome` = the page of the window, for this Chromium and newer ones.
 * `forTests` = nothing that people get.
 * @typedef {{ source: string, target: string, alone?: boolean, shell?: boolean, chrome?: number, forTests?: boolean }} Entry
 * @type {readonly Entry[]}
 */
export const entries = [
  { source: 'src-main/cli/main.ts', target: 'out/cli.mjs' },
  { source: 'src-main/engine/engine.ts', target: 'out/engine.mjs' },
  { source: 'src-main/exports/parity-process.ts', target: 'out/parity.mjs' },
  { source: 'src-main/serving/server.ts', target: 'out/server.mjs', alone: true },
  { source: 'src-main/window-host/host-process.ts', target: 'out/host.mjs' },
  { source: 'src-main/main.ts', target: 'out/main.cjs', shell: true },
  { source: 'src-main/preload.ts', target: 'out/preload.cjs', shell: true },
  { source: 'src-renderer/app/main.tsx', target: 'out/renderer/index.html', chrome: 110 },
  { source: 'src-renderer/app/main.tsx', target: 'out/renderer-old/index.html', chrome: 83, forTests: true },
];

export const everyTarget = entries.map(({ target }) => target);

const stampFile = 'out/build.json';

/**
 * Bundles every entry whose sources changed since the last build.
 * @param {readonly string[]} wanted targets to look at
 * @returns {Promise<string[]>} the targets that were written
 */
export async function build(wanted = entries.filter(({ forTests }) => !forTests).map(({ target }) => target)) {
  const stamp = readStamp();
  const stale = entries.filter(
    (entry) => wanted.includes(entry.target) && exists(entry.source) && !isFresh(entry, stamp[entry.target]),
  );
  if (stale.length === 0) return [];
  const esbuild = await import('esbuild');
  mkdirSync(join(root, 'out'), { recursive: true });
  const built = await Promise.all(stale.map(async (entry) => [entry.target, await make(esbuild, entry)]));
  writeFileSync(join(root, stampFile), JSON.stringify({ ...stamp, ...Object.fromEntries(built) }));
  return stale.map((entry) => entry.target);
}

/**
 * @param {typeof import('esbuild')} esbuild
 * @param {Entry} entry
 * @returns {Promise<Stamp>}
 */
async function make(esbuild, entry) {
  const { chrome } = entry;
  const used = chrome === undefined ? bundle(esbuild, entry) : buildPage({ folder: dirname(entry.target), chrome });
  const inputs = (await used).filter(exists);
  return {
    options: buildOptionsVersion(),
    inputs: Object.fromEntries(inputs.map((path) => [path, fingerprint(path)])),
  };
}

/**
 * @param {typeof import('esbuild')} esbuild
 * @param {Entry} entry
 * @returns {Promise<string[]>} the files that it was made of
 */
async function bundle(esbuild, entry) {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry.source],
    outfile: entry.target,
    bundle: true,
    platform: 'node',
    ...(entry.shell ? insideElectron : /** @type {const} */ ({ format: 'esm', target: 'node20' })),
    metafile: true,
    logLevel: 'error',
    logOverride: { 'direct-eval': 'silent' },
    loader: { '.wasm': 'binary' },
    ...(entry.alone ? standingAlone : entry.shell ? {} : withPackages),
  });
  return Object.keys(metafile.inputs);
}

const withPackages = /** @type {const} */ ({ packages: 'external', sourcemap: 'linked' });

/** The oldest Electron that tests drive has Node 12 and takes no ES modules. */
const insideElectron = {
  format: /** @type {const} */ ('cjs'),
  target: 'node12',
  external: ['electron'],
};

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
  return [
    fingerprint('scripts/build.mjs'),
    fingerprint('scripts/build-page.mjs'),
    fingerprint('package-lock.json'),
  ].join(' ');
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
