import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, everyTarget } from './build.mjs';
import { provideBundledNode } from './bundled-node.mjs';
import { findElectron } from './electron.mjs';
import { onPath } from './find-browser.mjs';
import { installPackages } from './install-packages.mjs';
import { installTestElectron, testElectronVersion } from './install-test-electron.mjs';
import { root } from './project.mjs';
import { clearProgress, SetupError, say } from './say.mjs';

/**
 * Packs the desktop app into `dist/`: unpacked, and the packages of the system that it runs on. Where the current
 * Electron cannot be had, a test build is made from the test Electron; its name says so.
 * `unpackedOnly` leaves the packages out.
 * @param {{ unpackedOnly?: boolean }} [options]
 * @returns {Promise<{ folder: string, isTestBuild: boolean }>} the unpacked app
 */
export async function dist({ unpackedOnly = false } = {}) {
  await installPackages();
  const electron = await chooseElectron();
  await provideBundledNode();
  if (!electron.isTestBuild) rmSync(join(root, 'out/renderer-old'), { recursive: true, force: true });
  await build(electron.isTestBuild ? everyTarget : undefined);
  const { build: pack } = await import('electron-builder');
  chooseDebMaker();
  await pack({
    projectDir: root,
    ...(unpackedOnly ? { dir: true } : {}),
    publish: 'never',
    config: /** @type {import('electron-builder').Configuration} */ (settings(electron)),
  });
  const unpacked = join(root, outputOf(electron), unpackedName());
  return { folder: unpacked, isTestBuild: electron.isTestBuild };
}

/** @typedef {{ folder: string, version: string, isTestBuild: boolean }} Electron */

/** @returns {Promise<Electron>} */
async function chooseElectron() {
  const current = await findElectron();
  if ('path' in current && !process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
    return { folder: distFolder(current.path), version, isTestBuild: false };
  }
  const folder = await installTestElectron();
  if (!folder) throw new SetupError(`There is no Electron to pack. ${'why' in current ? current.why : ''}`);
  say(
    `${'why' in current ? current.why : ''} This makes a TEST BUILD from Electron ${testElectronVersion}: not for people.`,
  );
  return { folder, version: testElectronVersion, isTestBuild: true };
}

/** @param {string} program */
function distFolder(program) {
  return process.platform === 'darwin' ? join(dirname(program), '../../..') : dirname(program);
}

/** @param {Electron} electron */
function outputOf({ isTestBuild }) {
  return isTestBuild ? 'dist/test-build' : 'dist';
}

function unpackedName() {
  const names = { linux: 'linux-unpacked', darwin: 'mac', win32: 'win-unpacked' };
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`;
  const name = names[/** @type {'linux'} */ (process.platform)] ?? 'linux-unpacked';
  return `${name.split('-')[0]}${arch}${name.includes('-') ? '-unpacked' : ''}`;
}

/** @param {Electron} electron */
function settings(electron) {
  const { folder, version, isTestBuild } = electron;
  const common = { electronDist: folder, electronVersion: version, directories: { output: outputOf(electron) } };
  if (!isTestBuild) return common;
  return {
    ...common,
    productName: 'Modelyard-test-build',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills this in
    artifactName: '${name}-TEST-BUILD_${version}_${arch}.${ext}',
    // The old Electron has no fuses.
    electronFuses: null,
    compression: 'store',
    deb: { compression: 'gz' },
  };
}

/** fpm is downloaded by electron-builder where it can; dpkg-deb makes the same package where it is at hand. */
function chooseDebMaker() {
  if (process.platform !== 'linux' || process.env.CUSTOM_FPM_PATH || !onPath('dpkg-deb')) return;
  const own = join(root, 'scripts/deb-by-dpkg.mjs');
  if (onPath('fpm')) process.env.USE_SYSTEM_FPM = 'true';
  else if (existsSync(own)) process.env.CUSTOM_FPM_PATH = own;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { folder } = await dist({ unpackedOnly: process.argv.includes('--dir') });
    say(`The app is in ${folder}`);
  } catch (error) {
    clearProgress();
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
