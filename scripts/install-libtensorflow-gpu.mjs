import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { libtensorflowGpuFolder, libtensorflowVersion } from './cache-folder.mjs';
import { cudaDownload, cudaUnpacked, cudaWheels, isKeptOfWheel } from './cuda-wheels.mjs';
import { downloadWheel } from './download-wheel.mjs';
import { findPython } from './python.mjs';
import { clearProgress, megabytes, SetupError, say, showProgress } from './say.mjs';
import { unzip } from './unzip.mjs';
import { watchGrowth } from './watch-growth.mjs';

/** Written when all is there: a folder without it is the work of a set-up that was cut short. */
const stampName = 'modelyard-wheels.txt';
const stamp = cudaWheels.map(({ name, version }) => `${name}==${version}`).join('\n');

/**
 * Puts TensorFlow's CUDA build and NVIDIA's libraries into the per-user cache unless they are there. Asked for by name
 * alone: it is 3.4 GB. What a set-up that was cut short has fetched is not fetched again.
 * @returns {Promise<string>} the folder
 * @throws {SetupError} with a sentence where it cannot
 */
export async function installLibtensorflowGpu() {
  const folder = libtensorflowGpuFolder();
  if ((await readText(join(folder, stampName))) === stamp) return folder;
  if (`${process.platform}-${process.arch}` !== 'linux-x64') {
    const here = `${process.platform} ${process.arch}`;
    throw new SetupError(
      `TensorFlow computes on NVIDIA cards under Linux on x64 alone (in Windows: WSL 2), not on ${here}.`,
    );
  }
  const python = await findPython();
  if (!python) throw new SetupError('TensorFlow is fetched with Python 3 and pip, and neither was found on the path.');
  const part = `${folder}.part`;
  await mkdir(part, { recursive: true });
  await requireSpace(part);
  say(`Fetching TensorFlow ${libtensorflowVersion} for CUDA (once per user, ${megabytes(cudaDownload)}) …`);
  let before = 0;
  for (const wheel of cudaWheels) {
    await fetchWheel(python, wheel, { part, before });
    before += wheel.bytes;
  }
  await chmod(join(part, 'nvidia/cuda_nvcc/bin/ptxas'), 0o755);
  await writeFile(join(part, stampName), stamp);
  await rm(folder, { recursive: true, force: true });
  await rename(part, folder);
  clearProgress();
  return folder;
}

/**
 * Fetches and unpacks one wheel, unless an earlier set-up has.
 * @param {string} python
 * @param {import('./cuda-wheels.mjs').CudaWheel} wheel
 * @param {{ part: string, before: number }} place `before`: bytes of the wheels before it
 */
async function fetchWheel(python, wheel, { part, before }) {
  const done = join(part, 'done', wheel.sha256);
  if (existsSync(done)) return;
  const work = join(part, 'work');
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const stopWatching = watchGrowth(work, {
    title: 'TensorFlow for CUDA',
    total: cudaDownload,
    before,
    most: wheel.bytes,
  });
  const archive = await downloadWheel(python, { ...wheel, title: wheel.name }, work).finally(stopWatching);
  showProgress(`Unpacking ${wheel.name} …`);
  await unzip(archive, part, { target: (name) => (isKeptOfWheel(name) ? name : undefined) });
  await rm(work, { recursive: true, force: true });
  await mkdir(dirname(done), { recursive: true });
  await writeFile(done, '');
}

/** @param {string} folder */
async function requireSpace(folder) {
  const { bavail, bsize } = await statfs(folder);
  const largest = Math.max(...cudaWheels.map(({ bytes }) => bytes));
  const needed = cudaUnpacked + largest - (await doneBytes(folder));
  if (bavail * bsize >= needed) return;
  throw new SetupError(
    `${megabytes(needed)} are needed on the disk of ${folder}, and ${megabytes(bavail * bsize)} are free.`,
  );
}

/** About what an earlier set-up has unpacked. @param {string} part */
async function doneBytes(part) {
  const done = cudaWheels.filter(({ sha256 }) => existsSync(join(part, 'done', sha256)));
  return (done.reduce((sum, { bytes }) => sum + bytes, 0) / cudaDownload) * cudaUnpacked;
}

/** @param {string} path */
async function readText(path) {
  return readFile(path, 'utf8').catch(() => '');
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof SetupError) return error.message;
  return `TensorFlow for CUDA could not be set up: ${error instanceof Error ? error.message : String(error)}.`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    say(`TensorFlow ${libtensorflowVersion} for CUDA is in ${await installLibtensorflowGpu()}`);
  } catch (error) {
    clearProgress();
    say(`${explain(error)} Runs go on computing on the processor.`);
    process.exitCode = 1;
  }
}
