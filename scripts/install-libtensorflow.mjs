import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { libtensorflowFolder, libtensorflowVersion } from './cache-folder.mjs';
import { downloadWheel } from './download-wheel.mjs';
import { root } from './project.mjs';
import { findPython } from './python.mjs';
import { clearProgress, megabytes, SetupError, say, showProgress } from './say.mjs';
import { unzip } from './unzip.mjs';
import { watchGrowth } from './watch-growth.mjs';

/**
 * Where libtensorflow's C API is published for a platform: a Python wheel, pinned by its hash. Any wheel of the version
 * holds the same library, so one is named for every version of Python.
 * @typedef {{ name: string, platform: string, sha256: string, bytes: number, libraries: readonly string[] }} Wheel
 * @type {Readonly<Record<string, Wheel>>}
 */
const wheels = {
  'linux-x64': {
    name: 'tensorflow-cpu',
    platform: 'manylinux_2_27_x86_64',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    bytes: 273_829_956,
    libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  },
  'linux-arm64': {
    name: 'tensorflow',
    platform: 'manylinux_2_27_aarch64',
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
    bytes: 281_828_020,
    libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  },
  'darwin-arm64': {
    name: 'tensorflow',
    platform: 'macosx_12_0_arm64',
    sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
    bytes: 223_405_849,
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
  },
};

const portable = 'Training goes on with the portable backend, which is much slower.';

/**
 * Puts libtensorflow into the per-user cache unless it is there. Never fails: without it the portable backend is used,
 * and one sentence says why.
 * @returns {Promise<string | undefined>} the folder of the libraries
 */
export async function installLibtensorflow() {
  const wheel = wheels[`${process.platform}-${process.arch}`];
  const folder = libtensorflowFolder();
  if (wheel?.libraries.every((name) => existsSync(join(folder, name)))) return folder;
  if (existsSync(join(root, 'node_modules/@tensorflow/tfjs-node/deps/lib'))) return undefined;
  try {
    if (!wheel)
      throw new SetupError(`There is no packaged TensorFlow library for ${process.platform} ${process.arch}.`);
    await install(wheel, folder);
    return folder;
  } catch (error) {
    clearProgress();
    say(
      `${error instanceof SetupError ? error.message : `TensorFlow could not be set up: ${reason(error)}.`} ${portable}`,
    );
    return undefined;
  }
}

/**
 * @param {Wheel} wheel
 * @param {string} folder
 */
async function install(wheel, folder) {
  const python = await findPython();
  if (!python) throw new SetupError('TensorFlow is fetched with Python 3 and pip, and neither was found on the path.');
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.part-`);
  try {
    say(`Fetching TensorFlow ${libtensorflowVersion} (once per user, ${megabytes(wheel.bytes)}) …`);
    const archive = await download(python, wheel, work);
    await unpack(archive, wheel, join(work, 'unpacked'));
    await rm(folder, { recursive: true, force: true });
    await rename(join(work, 'unpacked'), folder);
    clearProgress();
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} python
 * @param {Wheel} wheel
 * @param {string} work
 * @returns {Promise<string>} the path of the verified wheel
 */
async function download(python, wheel, work) {
  const stopWatching = watchGrowth(work, { title: 'TensorFlow', total: wheel.bytes });
  try {
    return await downloadWheel(python, { ...wheel, title: 'TensorFlow', version: libtensorflowVersion }, work);
  } finally {
    stopWatching();
  }
}

/**
 * @param {string} archive
 * @param {Wheel} wheel
 * @param {string} folder
 */
async function unpack(archive, wheel, folder) {
  showProgress('Unpacking TensorFlow …');
  const wanted = [...wheel.libraries.map((name) => `tensorflow/${name}`), 'tensorflow/include/'];
  const files = await unzip(archive, folder, {
    target: (name) => (wanted.some((start) => name.startsWith(start)) ? name.slice('tensorflow/'.length) : undefined),
  });
  const missing = wheel.libraries.filter((name) => !existsSync(join(folder, name)));
  if (files === 0 || missing.length > 0) throw new SetupError(`The package of TensorFlow lacks ${missing.join(', ')}.`);
}

/** @param {unknown} error */
function reason(error) {
  return error instanceof Error ? error.message : String(error);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = await installLibtensorflow();
  if (folder) say(`TensorFlow ${libtensorflowVersion} is in ${folder}`);
}
