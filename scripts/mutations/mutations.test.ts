import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../project.mjs';
import { misfit } from './fits-source.mjs';
import { mutations } from './list.mjs';

describe('the list of mutations', () => {
  it.each(mutations)('can still be made: $breaks', (mutation) => {
    expect(misfit(root, mutation)).toBeUndefined();
  });

  it('is found out of date where a text is gone, stands twice, or a test is gone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mutations-'));
    for (const name of ['one.ts', 'one.test.ts']) writeFileSync(join(folder, name), 'a b b\n');
    const one = { file: 'one.ts', find: 'a', replace: 'c', breaks: '', tests: ['one.test.ts'] };
    expect(misfit(folder, one)).toBeUndefined();
    expect(misfit(folder, { ...one, find: 'b' })).toContain('2 times');
    expect(misfit(folder, { ...one, find: 'd' })).toContain('0 times');
    expect(misfit(folder, { ...one, replace: 'a' })).toContain('changes nothing');
    expect(misfit(folder, { ...one, tests: ['two.test.ts'] })).toContain('no two.test.ts');
    rmSync(folder, { recursive: true });
  });
});
