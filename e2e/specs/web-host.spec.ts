import { copyFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Modelyard, root } from '../fixtures/modelyard';
import { SocketClient } from '../fixtures/socket-client';
import { WebApp } from '../fixtures/web-app';

let app: WebApp;
let page: SocketClient;
beforeAll(async () => {
  app = await WebApp.start();
  page = await SocketClient.open(app.address);
});
afterAll(async () => {
  page.close();
  await app.close();
});

describe('the web host', () => {
  it('says what it is and where results are kept', async () => {
    const info = await page.get('app:info', {});
    expect(info).toMatchObject({ host: 'web', systemLanguage: 'en', keychain: false });
    expect(info.store.folder).toBe(app.modelyard.path('data/modelyard/store'));
  });

  it('remembers settings and tells every page', async () => {
    await page.get('settings:set', { change: { theme: 'dark' } });
    expect(await page.hears('settings:changed')).toMatchObject({ theme: 'dark' });
    expect((await page.get('app:info', {})).settings.theme).toBe('dark');
  });

  it('says what the machine offers', async () => {
    const { lines } = await page.get('app:doctor', {});
    expect(lines.length).toBeGreaterThan(5);
    for (const { title, detail } of lines) expect([title.en, title.zh, detail.en, detail.zh].every(Boolean)).toBe(true);
  });

  it('has no dialogs and reaches out of no page', async () => {
    expect(await page.get('dialog:open', { title: 'Open' })).toEqual({ unsupported: true });
    const answer = await page.ask('file:reveal', { path: '/' });
    expect(answer).toMatchObject({ ok: false, problem: { code: 'desktop-only' } });
  });

  it('opens an example, plans, runs and previews it', async () => {
    const { id, document } = await page.get('document:openExample', { name: 'penguins' });
    const plan = await page.get('document:plan', { id, document });
    expect(plan.problems).toEqual([]);
    const source = plan.steps[0]?.node ?? '';
    const { ticket } = await page.get('run:start', { id, document, to: source });
    expect(await page.hears('run:ended')).toMatchObject({ ticket, id, end: { state: 'done' } });
    expect(page.all('run:events').flatMap(({ events }) => events.map(({ type }) => type))).toContain('step-finished');
    const node = Object.entries(document.nodes).find(([, { name }]) => name === source)?.[0] ?? '';
    const seen = await page.get('document:preview', { id, document, node, port: 'table', offset: 0, limit: 5 });
    expect(seen).toMatchObject({ kind: 'table', rows: { length: 5 } });
    expect((await page.get('run:history', { id }))[0]).toMatchObject({ state: 'done' });
  });
});

describe('a plan beside a training', () => {
  it('is there within a second, and the same as without one', async () => {
    const { id, document } = await page.get('document:openExample', { name: 'penguins' });
    const planned = { id, document: { ...document, settings: { seed: 7 } }, noCache: true };
    const without = await page.get('document:plan', planned);
    const nodes = Object.entries(document.nodes).map(([key, node]) => {
      return [key, 'epochs' in node.params ? { ...node, params: { ...node.params, epochs: 50_000 } } : node] as const;
    });
    const long = { ...document, nodes: Object.fromEntries(nodes) };
    const { ticket } = await page.get('run:start', { id, document: long });
    await expect
      .poll(() => page.all('run:events').some(({ events }) => events.some(({ type }) => type === 'epoch-finished')), {
        timeout: 30_000,
      })
      .toBe(true);
    const began = performance.now();
    const beside = await page.get('document:plan', planned);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(beside).toEqual(without);
    const ended = () => page.all('run:ended').find((each) => each.ticket === ticket);
    expect(ended()).toBeUndefined();
    await page.get('run:cancel', { ticket });
    await expect.poll(ended, { timeout: 10_000 }).toMatchObject({ end: { state: 'cancelled' } });
  });
});

describe('modelyard web', () => {
  it('opens the pipelines that it is given', async () => {
    const other = new Modelyard();
    copyFileSync(join(root, 'resources/examples/penguins.yard'), other.path('mine.yard'));
    const host = other.start('web', 'mine.yard', '--json');
    await expect.poll(() => host.output(), { timeout: 20_000 }).toContain('\n');
    const client = await SocketClient.open(JSON.parse(host.output().split('\n')[0] ?? '').url);
    expect(await client.hears('app:open')).toEqual({ paths: [other.path('mine.yard')] });
    client.close();
    host.child.kill('SIGTERM');
    expect((await host.done).code).toBe(0);
    other.close();
  });

  it('refuses what it cannot do in a sentence', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { readonly port: number };
    const { modelyard } = app;
    writeFileSync(modelyard.path('a.yard'), '{}');
    const busy = await modelyard.run('web', '--port', String(port));
    expect([busy.code, busy.out]).toEqual([1, expect.stringContaining(`Port ${port} of 127.0.0.1 is in use`)]);
    for (const args of [['--port', 'x'], ['--port', '70000'], ['missing.yard']]) {
      const { code, out } = await modelyard.run('web', ...args);
      expect([code, out]).toEqual([2, expect.stringMatching(/^✗ /)]);
    }
    taken.close();
  });
});
