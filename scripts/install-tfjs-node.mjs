import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder, libtensorflowFolder, libtensorflowVersion } from './cache-folder.mjs';
import { run } from './processes.mjs';
import { root } from './project.mjs';
import { clearProgress, say, showProgress } from './say.mjs';

const version = '4.22.0';
const home = join(root, 'node_modules/@tensorflow/tfjs-node');
const addon = join(home, 'lib/napi-v8/tfjs_binding.node');

/**
 * Gives the unmodified package tfjs-node its native addon, compiled once per user against the libtensorflow in the
 * cache, because its own installer needs a download that many networks refuse. Never fails: tfjs-node is the second
 * runner, and one sentence says when it is left out.
 */
export async function installTfjsNode() {
  if (!existsSync(home) || existsSync(addon)) return;
  const built = join(
    cacheFolder(),
    'tfjs-node',
    `${version}-libtensorflow-${libtensorflowVersion}`,
    'tfjs_binding.node',
  );
  if (!existsSync(built)) {
    const obstacle = (await findObstacle()) ?? (await compile(built));
    if (obstacle) return say(`tfjs-node is left out: ${obstacle}`);
  }
  await mkdir(dirname(addon), { recursive: true });
  await copyFile(built, addon);
}

/** @returns {Promise<string | undefined>} why it cannot be compiled here */
async function findObstacle() {
  if (process.platform !== 'linux')
    return 'its addon is compiled on Linux only; its own installer serves other systems.';
  if (!existsSync(join(libtensorflowFolder(), 'include'))) return 'libtensorflow is not in the cache.';
  if ((await run('g++', ['--version'])).code !== 0)
    return 'there is no g++ to compile its addon (Debian: apt install g++).';
  return undefined;
}

/**
 * @param {string} target
 * @returns {Promise<string | undefined>} what went wrong, if anything did
 */
async function compile(target) {
  say('Compiling the addon of tfjs-node (once per user, under a minute) …');
  const tick = setInterval(() => showProgress('… still compiling'), 1000);
  await mkdir(dirname(target), { recursive: true });
  const part = `${target}.${process.pid}.part`;
  const { code, output } = await run('g++', compilerArguments(part), { cwd: home });
  clearInterval(tick);
  clearProgress();
  if (code === 0) {
    await rename(part, target);
    return undefined;
  }
  await rm(part, { force: true });
  return `its addon does not compile here (${output.split('\n').find((line) => line.includes('error')) ?? `g++ ended with ${code}`}).`;
}

/** @param {string} target */
function compilerArguments(target) {
  const tensorflow = libtensorflowFolder();
  return [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
    ...['-I', join(root, 'node_modules/node-api-headers/include'), '-I', join(tensorflow, 'include'), '-I', '.'],
    ...['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'],
    ...['-L', tensorflow, '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2', `-Wl,-rpath,${tensorflow}`],
    ...['-o', target],
  ];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await installTfjsNode();
