import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FaultyFs } from '../files/faulty-fs';
import { realFs } from '../files/fs-port';
import { createSettings } from './create-settings';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const client = { id: 'w1', emit: () => undefined };
const file = () => join(folder, 'settings.json');
const stored = async () => JSON.parse(await readFile(file(), 'utf8'));

it('are the defaults until changed, and then as changed, told to who listens', async () => {
  const settings = createSettings({ fs: realFs, folder });
  expect(await settings.read()).toMatchObject({ language: 'system', theme: 'system', storeFolder: '', keys: {} });
  const heard: string[] = [];
  const stop = settings.listen(({ theme }) => heard.push(theme));
  const set = settings.handlers['settings:set'];
  await Promise.all([set({ change: { theme: 'dark' } }, client), set({ change: { language: 'zh' } }, client)]);
  stop();
  await set({ change: { theme: 'light' } }, client);
  expect(heard).toEqual(['dark', 'dark']);
  const again = createSettings({ fs: realFs, folder });
  expect(await again.read()).toMatchObject({ language: 'zh', theme: 'light' });
});

it('keep keys that a newer version wrote, and take wrong values as absent', async () => {
  await writeFile(file(), JSON.stringify({ theme: 'plaid', language: 'zh', later: { x: 1 } }));
  const settings = createSettings({ fs: realFs, folder });
  expect(await settings.read()).toMatchObject({ theme: 'system', language: 'zh' });
  await settings.handlers['settings:set']({ change: { storeFolder: '/data' } }, client);
  expect(await stored()).toMatchObject({ later: { x: 1 }, language: 'zh', storeFolder: '/data' });
});

it.each(['', '{"theme": "dark"', '[]', '{"__proto__": {"theme": "dark"}}'])(
  'are the defaults where the file is damaged, which is kept beside (%j)',
  async (text) => {
    await writeFile(file(), text);
    const settings = createSettings({ fs: realFs, folder });
    expect(await settings.read()).toMatchObject({ theme: 'system' });
    await settings.handlers['settings:set']({ change: { theme: 'dark' } }, client);
    expect(await readFile(`${file()}.damaged`, 'utf8')).toBe(text);
    expect(await stored()).toMatchObject({ theme: 'dark' });
  },
);

it('are the old or the new ones, and say so, whichever call of the disk fails', async () => {
  for (let at = 1; ; at++) {
    await createSettings({ fs: realFs, folder }).handlers['settings:set']({ change: { theme: 'light' } }, client);
    const fs = new FaultyFs(realFs, { at, fault: 'ENOSPC', lasting: true });
    const settings = createSettings({ fs, folder });
    const outcome = await settings.handlers['settings:set']({ change: { theme: 'dark' } }, client).then(
      ({ theme }) => theme,
      (error: { problem?: { code: string } }) => error.problem?.code,
    );
    const { theme } = await stored();
    if (fs.faults === 0) {
      expect([outcome, theme]).toEqual(['dark', 'dark']);
      break;
    }
    expect(['light', 'dark']).toContain(theme);
    expect(outcome).toBe('disk-full');
    for (const name of (await readdir(folder)).filter((each) => each.endsWith('yard-tmp')))
      await rm(join(folder, name));
  }
});
