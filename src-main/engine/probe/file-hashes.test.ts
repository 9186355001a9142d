import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashContent } from '../../files/content-hash';
import { type FsPort, realFs } from '../../files/fs-port';
import { FileHashes } from './file-hashes';

let folder = '';
let reads = 0;
const counting: FsPort = {
  ...realFs,
  readPieces: (path) => {
    reads += 1;
    return realFs.readPieces(path);
  },
};
/** As if the files had been lying there for a while: nobody can set the time of change back. */
const later = () => Date.now() + 10_000;
const open = (fs = counting) => new FileHashes(fs, join(folder, 'facts'), later);
const longAgo = new Date(Date.now() - 3_600_000);

async function write(name: string, text: string, time = longAgo): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  await utimes(path, time, time);
  return path;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hashes-'));
  reads = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('FileHashes', () => {
  it('reads a file once, across processes, and knows where a content lies', async () => {
    const path = await write('a.csv', 'one');
    const hash = await open().hash(path);
    expect(hash).toBe(hashContent(Buffer.from('one')));
    const again = open();
    expect(await again.hash(path)).toBe(hash);
    expect(reads).toBe(1);
    expect(again.locate(hash)).toBe(path);
  });

  it('reads again what was changed or replaced, even with the same size and time', async () => {
    const path = await write('a.csv', 'one');
    await open().hash(path);
    await rename(await write('b.csv', 'two'), path);
    expect(await open().hash(path)).toBe(hashContent(Buffer.from('two')));
  });

  it('reads again what was rewritten in place by a program that put the time back', async () => {
    const path = await write('a.csv', 'one');
    await open().hash(path);
    const before = await realFs.stat(path);
    // `cp -p`, `rsync -t` and some editors do so. The system's clock may tick only every few milliseconds.
    await expect
      .poll(async () => {
        await write('a.csv', 'two');
        return (await realFs.stat(path)).changedMs;
      })
      .toBeGreaterThan(before.changedMs);
    const after = await realFs.stat(path);
    expect(after).toEqual({ ...before, changedMs: after.changedMs });
    expect(await open().hash(path)).toBe(hashContent(Buffer.from('two')));
    expect(await open().known(path)).toBe(hashContent(Buffer.from('two')));
  });

  it.each<[string, Partial<FsPort>]>([
    ['no inodes', { stat: async (path) => ({ ...(await realFs.stat(path)), inode: 0 }) }],
    ['no time of change', { stat: async (path) => ({ ...(await realFs.stat(path)), changedMs: 0 }) }],
    ['times that mean nothing', { tellsChanges: async () => false }],
  ])('reads a file each time where a file system has %s', async (_what, lacking) => {
    const path = await write('a.csv', 'one');
    for (const fs of [1, 2].map(() => ({ ...counting, ...lacking }))) await open(fs).hash(path);
    expect(reads).toBe(2);
  });

  it('believes no record that lacks its checksum or was damaged', async () => {
    const path = await write('a.csv', 'one');
    const hash = await open().hash(path);
    const [name = ''] = await readdir(join(folder, 'facts'));
    const record = join(folder, 'facts', name);
    const text = await readFile(record, 'utf8');
    const other = hashContent('other');
    for (const harmed of [text.replace(hash, other), text.replace(hash, other).replace(/,"sum.*/, '}')]) {
      await writeFile(record, harmed);
      expect(await open().hash(path)).toBe(hash);
    }
  });

  it('does not trust the time of a file that was written just now', async () => {
    const path = await write('a.csv', 'one');
    await new FileHashes(counting, join(folder, 'facts')).hash(path);
    expect(await readdir(folder)).toEqual(['a.csv']);
  });

  it('says what is wrong with a path', async () => {
    await expect(open().hash(join(folder, 'none.csv'))).rejects.toMatchObject({ problem: { code: 'file-not-found' } });
    await expect(open().hash(folder)).rejects.toMatchObject({ problem: { code: 'is-a-folder' } });
  });
});
