import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FsPort, realFs } from '../../files/fs-port';
import { FolderHashes } from './folder-hashes';
import { listFolder } from './list-folder';

let root = '';
let folder = '';
let reads: string[] = [];
const counting: FsPort = {
  ...realFs,
  readPieces: (path) => {
    reads.push(path);
    return realFs.readPieces(path);
  },
};
const open = () => new FolderHashes(counting, join(root, 'facts'));
const hash = () => open().hash(folder, ['png']);
const names = async () => (await listFolder(realFs, folder, ['png', 'jpg'])).map(({ name }) => name);

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(path, longAgo, longAgo);
  return path;
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'folders-'));
  folder = join(root, 'data');
  await mkdir(folder);
  reads = [];
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('the files below a folder', () => {
  it('are those with the endings, in any folder and script, without what systems leave behind', async () => {
    for (const name of [
      '猫/图 1.PNG',
      'a b/..x.png',
      'b/deep/c..d.jpg',
      'b/notes.txt',
      '.hidden/x.png',
      'b/._x.png',
      '__MACOSX/x.png',
    ])
      await write(name, 'x');
    await write('b/..y.png', 'x');
    expect(await names()).toEqual(['b/deep/c..d.jpg', '猫/图 1.PNG']);
  });

  it('are found behind links, which are never followed in a circle', async () => {
    await write('cat/1.png', 'x');
    await mkdir(join(root, 'elsewhere'));
    await writeFile(join(root, 'elsewhere', '2.png'), 'x');
    await symlink(join(root, 'elsewhere'), join(folder, 'dog'));
    await symlink(join(root, 'elsewhere', '2.png'), join(folder, 'cat', 'linked.png'));
    await symlink(folder, join(folder, 'cat', 'round'));
    await symlink(join(root, 'nowhere'), join(folder, 'cat', 'broken.png'));
    expect(await names()).toEqual(['cat/1.png', 'cat/linked.png', 'dog/2.png']);
  });

  it('say what is wrong with the folder itself', async () => {
    const path = await write('1.png', 'x');
    await expect(listFolder(realFs, path, ['png'])).rejects.toMatchObject({ problem: { code: 'not-a-folder' } });
    const gone = listFolder(realFs, join(root, 'nowhere'), ['png']);
    await expect(gone).rejects.toMatchObject({ problem: { code: 'file-not-found' } });
    await expect(listFolder(realFs, 'a\0b', ['png'])).rejects.toMatchObject({ problem: { code: 'path-invalid' } });
  });
});

describe('the hash of a folder', () => {
  it('changes with contents and names, and with nothing else', async () => {
    await write('cat/1.png', 'one');
    const before = await hash();
    await write('cat/notes.txt', 'x');
    expect(await hash()).toBe(before);
    await write('cat/1.png', 'other');
    const changed = await hash();
    expect(changed).not.toBe(before);
    await rm(join(folder, 'cat/1.png'));
    await write('cat/1.png', 'one');
    expect(await hash()).toBe(before);
    await write('dog/1.png', 'one');
    expect(new Set([before, changed, await hash()]).size).toBe(3);
  });

  it('reads each file once, across processes, and only what was changed afterwards', async () => {
    await write('cat/1.png', 'one');
    await write('cat/2.png', 'two');
    expect(await open().hash(folder, ['png'], { isQuick: true })).toBeUndefined();
    const known = await hash();
    expect(await hash()).toBe(known);
    expect(await open().hash(folder, ['png'], { isQuick: true })).toBe(known);
    expect(reads).toHaveLength(2);
    const changed = await write('cat/2.png', 'more');
    await hash();
    expect(reads).toEqual([...reads.slice(0, 2), changed]);
  });
});
