import { mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepTemporaryFiles, writeFileAtomic } from './atomic-write';
import { diskProblem } from './disk-problem';
import { type FaultCode, FaultyFs } from './faulty-fs';
import { isDiskError, realFs } from './fs-port';

const oldText = 'old '.repeat(500);
const newText = 'new '.repeat(5000);
const faults: readonly (FaultCode | 'short-write')[] = [
  'ENOSPC',
  'EIO',
  'EACCES',
  'EROFS',
  'EMFILE',
  'EBUSY',
  'short-write',
];

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function saveWithFault(fault: (typeof faults)[number], at: number, lasting: boolean) {
  const path = join(folder, 'document.yard');
  await writeFile(path, oldText);
  const fs = new FaultyFs(realFs, { at, fault, lasting });
  const outcome = await writeFileAtomic(fs, path, Buffer.from(newText)).then(
    () => 'saved' as const,
    (error: unknown) => error,
  );
  return { outcome, after: await readFile(path, 'utf8'), faults: fs.faults, names: await readdir(folder) };
}

describe('writeFileAtomic', () => {
  it.each(faults)('leaves the old file or the new one, whichever call fails with %s', async (fault) => {
    for (const lasting of [false, true]) {
      for (let at = 1; ; at++) {
        const result = await saveWithFault(fault, at, lasting);
        if (result.faults === 0) {
          expect(at).toBeGreaterThan(1);
          break;
        }
        expect([oldText, newText]).toContain(result.after);
        if (result.outcome === 'saved') expect(result.after).toBe(newText);
        else expect(isDiskError(result.outcome)).toBe(true);
        if (!lasting) expect(result.names).toEqual(['document.yard']);
        for (const name of result.names.filter((n) => n !== 'document.yard')) await rm(join(folder, name));
      }
    }
  });

  it('makes a file that was not there, and writes through a link', async () => {
    const real = join(folder, 'real.yard');
    await writeFileAtomic(realFs, real, Buffer.from('one'));
    await symlink(real, join(folder, 'link.yard'));
    await writeFileAtomic(realFs, join(folder, 'link.yard'), Buffer.from('two'));
    expect(await readFile(real, 'utf8')).toBe('two');
    expect(await readdir(folder)).toEqual(['link.yard', 'real.yard']);
  });
});

describe('sweepTemporaryFiles', () => {
  it('removes only old files of dead processes', async () => {
    const deadPid = 2 ** 22 + 1;
    const old = new Date(Date.now() - 120_000);
    const names = [`.a.${deadPid}-00000000.yard-tmp`, `.b.${process.pid}-00000000.yard-tmp`, 'c.yard'];
    for (const name of names) {
      await writeFile(join(folder, name), 'x');
      await utimes(join(folder, name), old, old);
    }
    await writeFile(join(folder, `.young.${deadPid}-00000000.yard-tmp`), 'x');
    expect(await sweepTemporaryFiles(realFs, folder, Date.now())).toBe(1);
    expect(await readdir(folder)).not.toContain(names[0]);
  });
});

describe('diskProblem', () => {
  it('names the path and a way out', () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    expect(diskProblem(full, '/data/a.yard')).toMatchObject({
      code: 'disk-full',
      values: { path: '/data/a.yard', folder: '/data' },
      fix: { code: 'free-space' },
    });
  });
});
