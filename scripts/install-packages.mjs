import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.mjs';
import { root } from './project.mjs';
import { SetupError, say, showProgress } from './say.mjs';

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage */

/** Brings `node_modules` in line with the lock file; a few milliseconds when it already is. */
export async function installPackages() {
  const missing = countMissing();
  if (missing === 0) return;
  const fresh = missing === 'all';
  say(fresh ? 'Installing packages (once, about a minute) …' : `Updating ${missing} packages …`);
  const tick = setInterval(() => showProgress('… still installing packages'), 1000);
  // `npm ci` would wipe the folder under a run that is under way, and it refuses a lock file without the packages that
  // are published for other systems only. Versions and hashes come from the lock file here too.
  const { code, output } = await run('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    env: { ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  clearInterval(tick);
  if (code !== 0) throw new SetupError(`The packages could not be installed.\n${lastLines(output)}`);
}

/** @returns {number | 'all'} how many packages of the lock file are absent or of another version */
function countMissing() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (!wanted)
    throw new SetupError('package-lock.json is missing or damaged; restore it with: git checkout package-lock.json');
  if (!present) return 'all';
  return Object.entries(wanted).filter(([path, entry]) => {
    if (path === '') return false;
    const found = present[path];
    return found ? found.version !== entry.version : !entry.optional;
  }).length;
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** @param {string} output */
function lastLines(output) {
  return output.trim().split('\n').slice(-8).join('\n');
}
