import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serialize } from '../../src-shared/document/save';
import { type FaultPlan, FaultyFs } from '../files/faulty-fs';
import { realFs } from '../files/fs-port';
import { documentOf, openMachine, seedPatch, type TestMachine, TestWindow } from './test-documents';

let machine: TestMachine;
beforeEach(async () => {
  machine = await openMachine();
});
afterEach(() => machine.remove());

const faults = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'short-write'] as const;
/** Where the way of a fault is the same as in place. */
const someFaults = ['ENOSPC', 'EIO', 'short-write'] as const;
const old = serialize(documentOf(1));
const changed = serialize(documentOf(2));

/** A port whose faults begin when the test says so. */
class LaterFaults extends FaultyFs {
  static from(plan: Omit<FaultPlan, 'at'>) {
    const settings = { ...plan, at: Number.POSITIVE_INFINITY };
    return { fs: new LaterFaults(realFs, settings), settings };
  }
}

interface Tried {
  readonly outcome: string;
  readonly after: string;
  readonly faults: number;
}

/** Opens a file, lets the n-th call from there on fail, and saves. */
async function saveWithFault(plan: FaultPlan, elsewhere: boolean): Promise<Tried> {
  const path = join(machine.home, 'a.yard');
  const target = elsewhere ? join(machine.home, 'b.yard') : path;
  for (const each of new Set([path, target])) await writeFile(each, old);
  const { fs, settings } = LaterFaults.from(plan);
  const host = machine.host({ fs });
  await host.swept;
  const window = new TestWindow('w1', host);
  const { id } = await window.ask('document:open', { path });
  await window.ask('document:edit', { id, label: 'Seed', patches: seedPatch(2) });
  settings.at = fs.calls + plan.at;
  const ask = { id, document: documentOf(2), ...(elsewhere ? { path: target, replace: true } : {}) };
  const refusal = await window.refusal('document:save', ask);
  const played = fs.faults;
  settings.at = Number.POSITIVE_INFINITY;
  const after = await readFile(target, 'utf8');
  const isTold = refusal === undefined ? 'saved' : refusal.code;
  // The disk is well again: the same save works, whatever the failed one left.
  await window.ask('document:save', ask);
  expect(await readFile(target, 'utf8')).toBe(changed);
  await host.close();
  return { outcome: isTold, after, faults: played };
}

describe.each([
  ['in place', false, faults],
  ['elsewhere', true, someFaults],
] as const)('saving %s on a failing disk', (_name, elsewhere, faults) => {
  it.each(faults)('leaves the old file or the new one and says so, whichever call fails with %s', async (fault) => {
    for (const lasting of [false, true]) {
      const told = new Set<string>();
      for (let at = 1; ; at++) {
        const { outcome, after, faults: played } = await saveWithFault({ at, fault, lasting }, elsewhere);
        if (played === 0) {
          expect(at).toBeGreaterThan(2);
          break;
        }
        expect([old, changed]).toContain(after);
        if (outcome === 'saved') expect(after).toBe(changed);
        told.add(outcome);
      }
      // One short write is made up for by the next.
      const mayFail = lasting || fault !== 'short-write';
      expect([...told].some((code) => code !== 'saved')).toBe(mayFail);
    }
  });
});

describe('editing on a failing disk', () => {
  it.each(someFaults)('never answers for an edit that recovery would not bring back (%s)', async (fault) => {
    for (const lasting of [false, true]) {
      for (let at = 1; ; at++) {
        const { fs, settings } = LaterFaults.from({ fault, lasting });
        const host = machine.host({ fs });
        await host.swept;
        const window = new TestWindow('w1', host);
        const { id } = await window.ask('document:create', {});
        settings.at = fs.calls + at;
        const refused: boolean[] = [];
        for (const seed of [2, 3, 4]) {
          const ask = { id, label: 'Seed', patches: seedPatch(seed) };
          refused.push((await window.refusal('document:edit', ask)) !== undefined);
        }
        settings.at = Number.POSITIVE_INFINITY;
        const isDone = fs.faults === 0;
        await window.ask('document:edit', { id, label: 'Seed', patches: seedPatch(5) });
        await host.close();
        const next = new TestWindow('w2', machine.host());
        const left = (await next.ask('recovery:list', {})).filter((each) => each.edits > 0);
        expect(left).toHaveLength(1);
        const recovered = await next.ask('recovery:open', { id: left[0]?.id ?? '' });
        expect(recovered.document).toEqual(documentOf(5, { settings: { seed: 5 } }));
        await next.ask('document:close', { id: recovered.id, keepEdits: false });
        if (isDone) {
          expect(refused).toEqual([false, false, false]);
          break;
        }
      }
    }
  });
});

/** A file system of 96 kilobytes, where this user may make one. */
function mountSmallDisk(folder: string): string | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', folder], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('a disk that is really full', () => {
  it('keeps the old file and says that there is no space', async ({ skip }) => {
    const disk = join(machine.home, 'disk');
    await mkdir(disk);
    const obstacle = mountSmallDisk(disk);
    if (obstacle !== undefined) {
      console.log(`Not tried on a disk that is really full: ${obstacle}`);
      skip(obstacle);
    }
    try {
      const path = join(disk, 'a.yard');
      const note = (length: number) => ({ text: 'x'.repeat(length), position: [0, 0], size: [9, 9] }) as const;
      const small = documentOf(1, { notes: { note1: note(20_000) } });
      await writeFile(path, serialize(small));
      const window = new TestWindow('w1', machine.host());
      const { id } = await window.ask('document:open', { path });
      const document = documentOf(2, { notes: { note1: note(120_000) } });
      expect(await window.refusal('document:save', { id, document })).toMatchObject({
        code: 'disk-full',
        values: { path },
      });
      expect(await readFile(path, 'utf8')).toBe(serialize(small));
      expect(await readdir(disk)).toEqual(['a.yard']);
      const elsewhere = join(machine.home, 'saved.yard');
      await window.ask('document:save', { id, document, path: elsewhere });
      expect(await readFile(elsewhere, 'utf8')).toBe(serialize(document));
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
