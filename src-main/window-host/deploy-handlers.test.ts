import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { serialize } from '../../src-shared/document/save';
import { createRunFolder } from '../engine/journal/run-folder';
import { storeFolders } from '../engine/store/store-folder';
import { writeTestBundle } from '../exports/targets/test-bundle';
import { realFs } from '../files/fs-port';
import { expectTriesToAgree, openDeployHost, problemOf } from './test-deploy-host';

let bundle: string;
let host: ReturnType<typeof openDeployHost>;
let scratch: string;

beforeAll(async () => {
  await build(['out/server.mjs']);
  bundle = await writeTestBundle();
});
afterAll(() => rmSync(dirname(bundle), { recursive: true }));
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'deploy-'));
  host = openDeployHost();
});
afterEach(async () => {
  await host.close();
  rmSync(scratch, { recursive: true, force: true });
});

describe('a bundle', () => {
  test('is found by the runs of its document, with its proof, while it is what was proven', async () => {
    const copy = await writeTestBundle();
    const store = join(scratch, 'store');
    const { runs } = storeFolders(store);
    const document = { format: 'modelyard', version: 1, settings: { seed: 1 } } as const;
    const empty = { nodes: {}, edges: {}, notes: {}, groups: {}, flows: {} };
    const source = join('/documents', 'penguins.yard');
    const { folder } = await createRunFolder(realFs, runs, {
      document: serialize({ ...document, ...empty }),
      source,
      steps: [],
    });
    const finished = [bundle, copy, join(scratch, 'gone')].map((path, seq) => ({
      ...{ type: 'step-finished', node: 'export', state: 'done', seconds: 1, run: 'r', seq, at: '' },
      outputs: { artifact: { type: 'artifact', hash: 'sha256:0', detail: { path, bytes: 1 } } },
    }));
    writeFileSync(join(folder, 'events.ndjson'), finished.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const at = (id: string) => (id === 'd1' ? { base: '/documents', name: 'penguins.yard' } : undefined);
    const again = openDeployHost({ store: () => store, documentAt: at });
    const found = () => again.ask('deploy:bundles', { id: 'd1' });
    expect((await found()).map(({ path }) => path).sort()).toEqual([bundle, copy].sort());
    expect((await found())[0]).toMatchObject({ name: 'penguins', parity: { rows: 5, tolerance: 1e-4 } });
    writeFileSync(join(copy, 'server.mjs'), 'changed');
    expect((await found()).map(({ path }) => path)).toEqual([bundle]);
    expect(await again.ask('deploy:bundles', { id: 'd2' })).toEqual([]);
    const refused = await problemOf(again.ask('deploy:bundles', { id: 'd1', path: copy }));
    expect(refused).toMatchObject({ code: 'deploy-unverified', values: { file: 'server.mjs' } });
    await again.close();
    rmSync(dirname(copy), { recursive: true });
  });
});

describe('a folder', () => {
  const ask = (config: Record<string, unknown>) => ({ target: 'folder', config, bundle });

  test('beside the bundle gets a copy that is listed, and whose rows can be tried without the network', async () => {
    const config = { to: join(scratch, 'out') };
    expect(await host.ask('deploy:test', ask(config))).toEqual({ problems: [] });
    const plan = await host.ask('deploy:plan', ask({ to: 'out' }));
    expect(JSON.stringify(plan)).toContain(join(dirname(bundle), 'out', 'penguins'));
    const ended = await host.ended(await host.ask('deploy:start', ask(config)));
    expect(ended.state).toBe('done');
    const [listed] = await host.ask('deploy:list', {});
    expect(listed).toMatchObject({ name: 'penguins', state: 'deployed', location: join(scratch, 'out', 'penguins') });
    await expectTriesToAgree(host, ask(config));
    const refused = await host.ask('deploy:try', { ...ask(config), row: { island: 3 } });
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining('mass') } });
    expect(host.lamp).toEqual([]);
  });

  test('that was changed afterwards is not tried', async () => {
    const config = { to: join(scratch, 'out') };
    await host.ended(await host.ask('deploy:start', ask(config)));
    writeFileSync(join(scratch, 'out/penguins/server.mjs'), 'process.exit(0)');
    const refused = await problemOf(host.ask('deploy:try', { ...ask(config), row: {} }));
    expect(refused.code).toBe('deploy-unverified');
  });

  test('that cannot be is refused before anything is sent', async () => {
    writeFileSync(join(scratch, 'file'), '');
    const { problems } = await host.ask('deploy:test', ask({ to: join(scratch, 'file', 'out') }));
    expect(problems.map(({ code }) => code)).toEqual(['not-a-folder']);
    expect((await host.ask('deploy:plan', ask({ to: '' }))).problems).toMatchObject([{ param: 'to' }]);
  });
});
