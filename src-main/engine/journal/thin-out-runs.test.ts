import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { realFs } from '../../files/fs-port';
import { thinOutRuns } from './thin-out-runs';

it('keeps the newest hundred runs and everything that is no run', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runs-'));
  try {
    const id = (minute: number) => `r-20261123-10${String(minute).padStart(2, '0')}00-7f3a`;
    const later = (minute: number) => id(minute).replace('-10', '-11');
    for (let minute = 0; minute < 60; minute++)
      for (const name of [id(minute), later(minute)]) mkdirSync(join(folder, name));
    mkdirSync(join(folder, 'notes'));
    await thinOutRuns(realFs, folder);
    const left = readdirSync(folder);
    expect(left).toHaveLength(101);
    expect(left).toContain('notes');
    expect(left).toContain(id(20));
    expect(left).not.toContain(id(19));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
