import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serialize } from '../../src-shared/document/save';
import { documentOf, openMachine, seedPatch, type TestMachine, TestWindow } from './test-documents';

let machine: TestMachine;
beforeEach(async () => {
  machine = await openMachine();
});
afterEach(() => machine.remove());

it('gives a page that was loaded again what it has open, as it was edited', async () => {
  const host = machine.host();
  const { id } = await new TestWindow('page', host).ask('document:create', {});
  const again = new TestWindow('page', host);
  await again.ask('document:edit', { id, label: 'seed', patches: seedPatch(7) });
  expect(await again.ask('document:reopen', { id })).toMatchObject({
    id,
    edited: true,
    document: { settings: { seed: 7 } },
  });
});

it('gives back from the journal what was closed while the page was away', async () => {
  const host = machine.host();
  const page = new TestWindow('page', host);
  const { id } = await page.ask('document:create', {});
  await page.ask('document:edit', { id, label: 'seed', patches: seedPatch(8) });
  await host.clientGone(page.client);
  const opened = await page.ask('document:reopen', { id });
  expect(opened).toMatchObject({ edited: true, document: { settings: { seed: 8 } } });
  expect(opened.path).toBeUndefined();
});

it('opens the file where nothing was edited, and says what is gone', async () => {
  const path = join(machine.home, 'a.yard');
  await writeFile(path, serialize(documentOf(9)));
  const host = machine.host();
  const page = new TestWindow('page', host);
  const { id } = await page.ask('document:open', { path });
  await host.clientGone(page.client);
  expect(await page.ask('document:reopen', { id, path })).toMatchObject({ path, document: { settings: { seed: 9 } } });
  const { id: draft } = await page.ask('document:create', {});
  await host.clientGone(page.client);
  expect(await page.refusal('document:reopen', { id: draft })).toMatchObject({ code: 'recovery-missing' });
});

it('takes nothing from a page that has it open', async () => {
  const host = machine.host();
  const first = new TestWindow('first', host);
  const { id } = await first.ask('document:create', {});
  await first.ask('document:edit', { id, label: 'seed', patches: seedPatch(7) });
  const second = new TestWindow('second', host);
  expect(await second.refusal('document:reopen', { id })).toMatchObject({ code: 'recovery-in-use' });
  await first.ask('document:edit', { id, label: 'seed', patches: seedPatch(8) });
});
