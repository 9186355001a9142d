import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Hash, hashData } from '../../../src-shared/hash';
import { type FsPort, realFs } from '../../files/fs-port';
import { ValueLog } from './value-log';

let folder = '';
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'log-')), 'log');
});
afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true, force: true });
});

const newLog = () => new ValueLog(realFs, folder, (text) => text);
const hash = (name: string): Hash => hashData(name);
const unreachable = () => expect.unreachable();
const open = async () => {
  const log = newLog();
  await log.refresh();
  return log;
};

async function write(names: readonly string[], log = newLog()): Promise<ValueLog<string>> {
  for (const name of names) log.add(hash(name), `text of ${name}`, unreachable);
  await log.flush();
  return log;
}

async function onlySegment(): Promise<string> {
  const [name = ''] = await readdir(folder);
  return join(folder, name);
}

describe('ValueLog', () => {
  it('gives back what was added, at once here and after a refresh elsewhere', async () => {
    const log = newLog();
    const other = await open();
    log.add(hash('ü'), 'text of ü', unreachable);
    expect(log.get(hash('ü'))).toBe('text of ü');
    await log.flush();
    expect(other.get(hash('ü'))).toBeUndefined();
    await other.refresh();
    expect(other.get(hash('ü'))).toBe('text of ü');
    await write(['b'], log);
    await other.refresh();
    expect(other.get(hash('b'))).toBe('text of b');
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('reads every whole line, wherever the file was cut, and goes on behind the cut', async () => {
    await write(['a', 'b', 'c']);
    const segment = await onlySegment();
    const whole = await readFile(segment);
    const lines = whole.toString().split('\n').slice(0, -1);
    for (let cut = 0; cut <= whole.length; cut += 11) {
      await writeFile(segment, whole.subarray(0, cut));
      const complete = whole.subarray(0, cut).toString().split('\n').length - 1;
      const log = await open();
      expect(['a', 'b', 'c'].filter((name) => log.get(hash(name)))).toHaveLength(complete);
    }
    expect(lines).toHaveLength(3);
  });

  it('takes a damaged line for absent, and the new one for good', async () => {
    await write(['a']);
    const segment = await onlySegment();
    await writeFile(segment, (await readFile(segment, 'utf8')).replace('text of a', 'text of x'));
    const log = await open();
    expect(log.get(hash('a'))).toBeUndefined();
    await write(['a'], log);
    expect(log.get(hash('a'))).toBe('text of a');
    expect((await open()).get(hash('a'))).toBe('text of a');
  });
});

describe('segments of a ValueLog', () => {
  it('goes on with the segment of a dead process, behind a line that was cut', async () => {
    await write(['a']);
    const left = join(folder, `${hostname()}~${2 ** 22 + 1}~0.ndjson`);
    await rename(await onlySegment(), left);
    await appendFile(left, `${hash('b')} cut`);
    const log = await write(['c'], await open());
    expect(await readdir(folder)).toHaveLength(1);
    for (const reader of [log, await open()]) {
      await reader.refresh();
      expect([reader.get(hash('a')), reader.get(hash('b')), reader.get(hash('c'))]).toEqual([
        'text of a',
        undefined,
        'text of c',
      ]);
    }
  });

  it('does not read again what it has written itself', async () => {
    await write(['a']);
    const left = join(folder, `${hostname()}~${2 ** 22 + 1}~0.ndjson`);
    await rename(await onlySegment(), left);
    const read: string[] = [];
    const fs: FsPort = {
      ...realFs,
      read: (path) => {
        read.push(path);
        return realFs.read(path);
      },
    };
    const log = new ValueLog(fs, folder, (text) => text);
    await log.refresh();
    await write(['b'], log);
    await write(['c'], log);
    await log.refresh();
    expect(read).toEqual([left]);
    await write(['d'], await open());
    await log.refresh();
    expect(['a', 'b', 'c', 'd'].map((name) => log.get(hash(name)))).not.toContain(undefined);
  });

  it('forgets what was removed, and begins a new segment', async () => {
    const log = await write(['a']);
    await rm(await onlySegment());
    await log.refresh();
    expect(log.get(hash('a'))).toBeUndefined();
    await write(['b'], log);
    expect((await open()).get(hash('b'))).toBe('text of b');
  });

  it('marks what it reads as used', async () => {
    await write(['a']);
    const segment = await onlySegment();
    const before = new Date(Date.now() - 60_000);
    await utimes(segment, before, before);
    const log = await open();
    log.get(hash('a'));
    await expect.poll(async () => (await stat(segment)).mtimeMs).toBeGreaterThan(before.getTime());
  });

  it('tells of lines that the disk does not take, and takes the next ones', async () => {
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'a file stands where the folder should be');
    const log = newLog();
    const lost: unknown[] = [];
    log.add(hash('a'), 'text of a', (error) => lost.push(error));
    await log.flush();
    expect(lost).toMatchObject([{ code: 'ENOTDIR' }]);
    expect(log.get(hash('a'))).toBeUndefined();
    await rm(folder);
    await write(['a'], log);
    expect((await open()).get(hash('a'))).toBe('text of a');
  });
});
