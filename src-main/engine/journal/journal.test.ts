import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../src-shared/runs/run-context';
import { type FaultCode, FaultyFs } from '../../files/faulty-fs';
import { realFs } from '../../files/fs-port';
import { CheckpointFolder } from './checkpoint-folder';
import { JournalWriter } from './journal-writer';
import { listRuns, readJournal } from './read-journal';
import { newRunId } from './run-id';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('journal', () => {
  it('numbers and dates events, and is read back without a line that was cut', async () => {
    const told: unknown[] = [];
    const onEvent = (event: unknown, line: string) => told.push(event, JSON.parse(line));
    const onFailure = () => expect.unreachable();
    const journal = await JournalWriter.create(realFs, folder, { run: 'r-1', onFailure, onEvent });
    journal.append({ type: 'step-started', node: 'train' });
    journal.append({ type: 'step-finished', node: 'train', state: 'done', seconds: 1 });
    await journal.close();
    expect(told[0]).toMatchObject({ run: 'r-1', seq: 1, at: expect.stringMatching(/^\d{4}-/) });
    expect(told[1]).toEqual(told[0]);
    const path = join(folder, 'events.ndjson');
    const whole = await readFile(path);
    for (let cut = 0; cut <= whole.length; cut += 7) {
      await truncate(path, 0);
      await appendFile(path, whole.subarray(0, cut));
      const lines = whole.subarray(0, cut).toString().split('}\n').length - 1;
      const events = await readJournal(realFs, folder);
      expect(events.length).toBeGreaterThanOrEqual(lines);
      expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    }
  });

  it('tells of a failing disk once and goes on', async () => {
    const failures: unknown[] = [];
    const fs = new FaultyFs(realFs, { at: 3, fault: 'ENOSPC', lasting: true });
    const journal = await JournalWriter.create(fs, folder, { run: 'r-1', onFailure: (error) => failures.push(error) });
    for (let i = 0; i < 3; i++) journal.append({ type: 'step-started', node: 'a' });
    await journal.close();
    expect(failures).toMatchObject([{ code: 'ENOSPC' }]);
  });

  it('lists runs, newest first', async () => {
    const ids = [new Date('2026-01-01T00:00:00Z'), new Date('2026-01-02T10:20:30Z')].map(newRunId);
    for (const id of [...ids, 'something-else']) await mkdir(join(folder, id));
    expect(await listRuns(realFs, folder)).toEqual(ids.reverse());
    expect(ids[0]).toMatch(/^r-20260102-102030-[0-9a-f]{4}$/);
  });
});

function checkpoint(epoch: number, progress: Record<string, unknown> = {}): Checkpoint {
  const data = Float32Array.of(epoch, 2, 3);
  return { epoch, step: 0, tensors: { 'dense/kernel': { dtype: 'float32', shape: [3], data } }, progress };
}

describe('checkpoints', () => {
  it('keep the last two and the best', async () => {
    const checkpoints = new CheckpointFolder(realFs, folder);
    for (const epoch of [1, 2, 3, 4, 5]) await checkpoints.save(checkpoint(epoch, { best: epoch <= 2 }));
    expect(await readdir(folder)).toEqual(['ckpt-2', 'ckpt-4', 'ckpt-5']);
    expect(await checkpoints.latest()).toEqual(checkpoint(5, { best: false }));
  });

  it('skip damaged ones, and go back to an earlier run', async () => {
    const before = join(folder, 'before');
    const now = join(folder, 'now');
    await new CheckpointFolder(realFs, before).save(checkpoint(7));
    const checkpoints = new CheckpointFolder(realFs, now, [before]);
    await checkpoints.save(checkpoint(8));
    await truncate(join(now, 'ckpt-1', 'tensors.safetensors'), 60);
    expect(await checkpoints.latest()).toEqual(checkpoint(7));
    expect(await new CheckpointFolder(realFs, join(folder, 'none')).latest()).toBeUndefined();
  });

  it.each<FaultCode | 'short-write'>(['ENOSPC', 'EIO', 'short-write'])(
    'leave the earlier one readable, whichever call fails with %s',
    async (fault) => {
      for (const lasting of [false, true]) {
        for (let at = 1, faults = 1; faults > 0; at++) {
          await rm(folder, { recursive: true, force: true });
          await new CheckpointFolder(realFs, folder).save(checkpoint(1));
          const fs = new FaultyFs(realFs, { at, fault, lasting });
          await new CheckpointFolder(fs, folder).save(checkpoint(2)).catch(() => undefined);
          faults = fs.faults;
          const latest = await new CheckpointFolder(realFs, folder).latest();
          expect([checkpoint(1), checkpoint(2)]).toContainEqual(latest);
        }
      }
    },
  );
});
