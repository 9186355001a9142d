import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from './cache-folder.mjs';
import { run } from './processes.mjs';
import { findPython } from './python.mjs';
import { clearProgress, say, showProgress } from './say.mjs';

/**
 * What other people's programs say about ours: Keras for training, ONNX Runtime for exports, Lepton's own types for
 * its requests; and peers to measure ourselves with. A test or a benchmark that needs one skips where it is absent.
 * `onRequest`: no test needs it, so that it is fetched only when somebody asks for it.
 */
const environments = [
  {
    folder: 'oracles',
    packages: ['tensorflow-cpu==2.21.0', 'keras==3.15.1', 'onnx==1.23.1', 'onnxruntime==1.30.0'],
    proof: 'import tensorflow, keras, onnx, onnxruntime',
  },
  { folder: 'oracles-lepton', packages: ['leptonai==0.47.1'], proof: 'import leptonai.api.v2.types.deployment' },
  { folder: 'peers-dask', packages: ['dask==2026.8.0'], proof: 'import dask.threaded' },
  {
    folder: 'peers-duckdb',
    packages: ['duckdb==1.5.6', 'numpy==2.4.6', 'pyarrow==26.0.1'],
    proof: 'import duckdb, numpy, pyarrow',
    onRequest: true,
  },
  { folder: 'peers-torch', packages: ['torch==2.13.0', 'numpy==2.4.6'], proof: 'import torch', onRequest: true },
];

/** Sets them up where CI is set or somebody asks for it; elsewhere uses those that are already there. */
export async function installOracles({ onRequest = false } = {}) {
  if (!onRequest && !process.env.CI) return;
  const missing = [];
  const wanted = environments.filter((environment) => onRequest || !environment.onRequest);
  for (const environment of wanted) if (!(await isReady(environment))) missing.push(environment);
  if (missing.length === 0) return;
  const python = await findPython();
  if (!python) return say('No Python 3 with pip: tests that compare with Keras and ONNX Runtime will skip.');
  for (const environment of missing) await install(python, environment);
}

/** @typedef {(typeof environments)[number]} Environment */

/** @param {Environment} environment */
async function isReady({ folder, packages, proof }) {
  const path = join(cacheFolder(), folder);
  if (!existsSync(pythonOf(path))) return false;
  const stamp = await readFile(join(path, 'modelyard-packages.txt'), 'utf8').catch(() => '');
  if (stamp === packages.join('\n')) return true;
  return (await run(pythonOf(path), ['-c', proof])).code === 0;
}

/**
 * @param {string} python
 * @param {Environment} environment
 */
async function install(python, { folder, packages, proof }) {
  const path = join(cacheFolder(), folder);
  say(`Setting up ${packages.join(', ')} for the tests (once per user, some minutes) …`);
  const tick = setInterval(() => showProgress(`… still setting up ${folder}`), 1000);
  await rm(path, { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
  const output = await create(python, path, packages);
  const { code } = output === undefined ? await run(pythonOf(path), ['-c', proof]) : { code: 1 };
  clearInterval(tick);
  clearProgress();
  if (code === 0) return writeFile(join(path, 'modelyard-packages.txt'), packages.join('\n'));
  await rm(path, { recursive: true, force: true });
  say(`${packages.join(', ')} could not be set up; tests that need it will skip. ${lastLine(output ?? '')}`);
}

/**
 * @param {string} python
 * @param {string} path
 * @param {readonly string[]} packages
 * @returns {Promise<string | undefined>} what went wrong, if anything did
 */
async function create(python, path, packages) {
  const made = await run(python, ['-m', 'venv', path]);
  if (made.code !== 0) return made.output;
  const args = ['-m', 'pip', 'install', '--quiet', '--no-cache-dir', '--disable-pip-version-check'];
  const installed = await run(pythonOf(path), [...args, ...packages]);
  return installed.code === 0 ? undefined : installed.output;
}

/** @param {string} folder */
function pythonOf(folder) {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** @param {string} output */
function lastLine(output) {
  return output.trim().split('\n').at(-1) ?? '';
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await installOracles({ onRequest: true });
