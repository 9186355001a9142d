import { mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
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
const open = () => new FileHashes(counting, join(folder, 'facts'));
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
    const later = open();
    expect(await later.hash(path)).toBe(hash);
    expect(reads).toBe(1);
    expect(later.locate(hash)).toBe(path);
  });

  it('reads again what was changed or replaced, even with the same size and time', async () => {
    const path = await write('a.csv', 'one');
    await open().hash(path);
    await rename(await write('b.csv', 'two'), path);
    expect(await open().hash(path)).toBe(hashContent(Buffer.from('two')));
  });

  it('does not trust the time of a file that was written just now', async () => {
    const path = await write('a.csv', 'one', new Date());
    await open().hash(path);
    expect(await readdir(folder)).toEqual(['a.csv']);
  });

  it('says what is wrong with a path', async () => {
    await expect(open().hash(join(folder, 'none.csv'))).rejects.toMatchObject({ problem: { code: 'file-not-found' } });
    await expect(open().hash(folder)).rejects.toMatchObject({ problem: { code: 'is-a-folder' } });
  });
});
