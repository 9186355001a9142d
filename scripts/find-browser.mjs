import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './processes.mjs';
import { say } from './say.mjs';

/** @typedef {{ path: string } | { why: string }} Found a program, or the reason why there is none */

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const otherPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * A Chromium for tests and pictures: the one that `MODELYARD_BROWSER` names, one that is installed, or Playwright's own.
 * @returns {Found}
 */
export function findBrowser() {
  const chosen = process.env.MODELYARD_BROWSER;
  if (chosen)
    return existsSync(chosen) ? { path: chosen } : { why: `MODELYARD_BROWSER names ${chosen}, which is not there.` };
  const installed =
    names.map(onPath).find((path) => path !== undefined) ?? otherPlaces.find((path) => existsSync(path));
  const path = installed ?? playwrightsOwn();
  return path ? { path } : { why: 'No Chromium or Chrome was found; specs of the window need one.' };
}

/**
 * As `findBrowser`, and where there is none and this user may install Debian's package, that is tried.
 * @returns {Promise<Found>}
 */
export async function provideBrowser() {
  const found = findBrowser();
  if ('path' in found || !mayInstall()) return found;
  say('Installing Chromium (Debian package) …');
  const quiet = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update', '-qq'], quiet);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  return findBrowser();
}

/** Only a continuous build's own machine is changed without asking. */
function mayInstall() {
  return process.env.CI !== undefined && process.getuid?.() === 0 && onPath('apt-get') !== undefined;
}

/** @param {string} name */
export function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

function playwrightsOwn() {
  try {
    const path = createRequire(import.meta.url)('playwright').chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    // Packages are not installed yet.
    return undefined;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = await provideBrowser();
  say('path' in found ? found.path : found.why);
}
