import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from './cache-folder.mjs';
import { folderSize } from './folder-size.mjs';
import { run } from './processes.mjs';
import { root } from './project.mjs';
import { clearProgress, megabytes, say, showProgress } from './say.mjs';

/** @typedef {import('./find-browser.mjs').Found} Found */

const packageFolder = join(root, 'node_modules/electron');
const day = 24 * 3600 * 1000;
/** A download that brings nothing for so long will not come. */
const stallMs = 60_000;

const programs = /** @type {Readonly<Record<string, string>>} */ ({
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
});

/**
 * The Electron that runs the desktop app: the one in the folder that ELECTRON_OVERRIDE_DIST_PATH names, or the
 * package's own, which is fetched once. Where that failed it is not tried again for a day, so that starting stays quick.
 * @returns {Promise<Found>}
 */
export async function findElectron() {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (chosen)
    return checked(programIn(chosen), `ELECTRON_OVERRIDE_DIST_PATH names ${chosen}, which holds no Electron.`);
  if (!existsSync(packageFolder)) return { why: 'The package electron is not installed.' };
  const program = programIn(join(packageFolder, 'dist'));
  if (existsSync(program)) return checked(program, '');
  const failure = readFailure();
  if (failure) return { why: failure };
  const why = await download();
  if (why === undefined && existsSync(program)) return checked(program, '');
  return { why: remember(`Electron could not be downloaded: ${why ?? 'the download holds no program'}.`) };
}

/**
 * A screen to open windows on.
 * @returns {{ ok: true } | { why: string }}
 */
export function findDisplay() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return { ok: true };
  return { why: 'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).' };
}

/**
 * Arguments that Electron needs here for its sandbox, or why it cannot have one.
 * @param {string} electron
 * @returns {{ args: readonly string[] } | { why: string }}
 */
export function sandboxArguments(electron) {
  if (process.platform !== 'linux') return { args: [] };
  // Chromium refuses to run as root in its sandbox.
  if (process.getuid?.() === 0) return { args: ['--no-sandbox'] };
  const helper = join(dirname(electron), 'chrome-sandbox');
  if (isSetUid(helper) || mayMakeNamespaces()) return { args: [] };
  return {
    why: `This system does not let Chromium make its sandbox. To allow it: sudo chown root ${helper} && sudo chmod 4755 ${helper}`,
  };
}

/** @param {string} path */
function isSetUid(path) {
  try {
    const { uid, mode } = statSync(path);
    return uid === 0 && (mode & 0o4000) !== 0;
  } catch {
    return false;
  }
}

function mayMakeNamespaces() {
  const refused = [
    ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
    ['/proc/sys/user/max_user_namespaces', '0'],
    ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'],
  ];
  return refused.every(([path = '', value]) => !existsSync(path) || readFileSync(path, 'utf8').trim() !== value);
}

/** @param {string} folder */
function programIn(folder) {
  return join(folder, programs[process.platform] ?? 'electron');
}

/**
 * A program that is there may still lack libraries of the system.
 * @param {string} program
 * @param {string} whyMissing
 * @returns {Promise<Found>}
 */
async function checked(program, whyMissing) {
  if (!existsSync(program)) return { why: whyMissing };
  if (process.platform !== 'linux') return { path: program };
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { code, output } = await run(program, [...root, '--version']);
  if (code === 0) return { path: program };
  const library = output.match(/loading shared libraries: (\S+):/)?.[1];
  return { why: library ? `Electron needs ${library}, which is not installed.` : 'Electron does not start here.' };
}

/** @returns {Promise<string | undefined>} why it failed */
async function download() {
  say('Fetching Electron (once, about 120 MB) …');
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(join(cacheFolder(), 'electron.part-'));
  try {
    return await watch(spawnDownload(work), work);
  } finally {
    clearProgress();
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} work where the package keeps what it is fetching */
function spawnDownload(work) {
  return spawn(process.execPath, [join(packageFolder, 'install.js')], {
    env: { ...process.env, TMPDIR: work, TEMP: work },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, null, import('node:stream').Readable>} child
 * @param {string} work
 * @returns {Promise<string | undefined>} why it failed
 */
function watch(child, work) {
  return new Promise((resolve) => {
    let errors = '';
    let last = { bytes: 0, at: Date.now() };
    const timer = setInterval(async () => {
      const bytes = await folderSize(work);
      if (bytes > last.bytes) last = { bytes, at: Date.now() };
      if (bytes > 0) showProgress(`Electron: ${megabytes(bytes)}`);
      if (Date.now() - last.at > stallMs) child.kill('SIGKILL');
    }, 500);
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('close', (code, signal) => {
      clearInterval(timer);
      resolve(code === 0 ? undefined : signal ? 'nothing came for a minute' : reasonIn(errors));
    });
  });
}

/** @param {string} errors */
function reasonIn(errors) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET|fetch failed/.test(errors))
    return 'its server cannot be reached from here';
  const line = errors.split('\n').find((text) => /Error/.test(text)) ?? 'no reason given';
  return line
    .trim()
    .replace(/^\w*Error: /, '')
    .replace(/\.$/, '');
}

function failureFile() {
  return join(cacheFolder(), 'electron-not-reachable.json');
}

function readFailure() {
  try {
    const { why, at } = JSON.parse(readFileSync(failureFile(), 'utf8'));
    const isFresh = Date.now() - at < day && at <= Date.now();
    return isFresh && typeof why === 'string' ? why : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} why */
function remember(why) {
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(failureFile(), JSON.stringify({ why, at: Date.now() }));
  return why;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // Asked for by name, it is tried again.
  rmSync(failureFile(), { force: true });
  const found = await findElectron();
  say('path' in found ? found.path : found.why);
}
