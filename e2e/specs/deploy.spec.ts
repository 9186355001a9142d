import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LeptonProcess } from '../fixtures/lepton-process';
import { example, Modelyard } from '../fixtures/modelyard';

const canaries = { workspace: 'canary-workspace-token-4b7e', secret: 'S3RVER', endpoint: 'canary-endpoint-token-0c2d' };
const penguins = example('penguins.yard');

let modelyard: Modelyard;
let store: S3rver;
let lepton: LeptonProcess;
let toS3: string[];
const toLepton = ['deploy', penguins, '--target', 'lepton'];

beforeAll(async () => {
  const scratch = new Modelyard();
  lepton = await LeptonProcess.start(scratch.folder, canaries.workspace);
  mkdirSync(scratch.path('s3'));
  const configureBuckets = [{ name: 'models', configs: [] }];
  store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: scratch.path('s3'), configureBuckets });
  await store.run();
  // A listening TCP server has an address of this form.
  const endpoint = `http://127.0.0.1:${(store.httpServer.address() as AddressInfo).port}`;
  const settings = ['bucket=models', `endpoint=${endpoint}`, 'forcePathStyle=true'];
  toS3 = ['deploy', penguins, '--target', 's3', ...settings.flatMap((setting) => ['--config', setting])];
  modelyard = new Modelyard({
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: canaries.secret,
    LEPTON_WORKSPACE_TOKEN: canaries.workspace,
    LEPTON_WORKSPACE_URL: `http://127.0.0.1:${(await lepton.state()).port}/api/v2/workspaces/test`,
    MODELYARD_ENDPOINT_TOKEN: canaries.endpoint,
  });
});
afterAll(async () => {
  await store.close();
  await lepton.close();
  await modelyard.close();
});

/** Ends a command when its output says something; says how it ended. */
async function interrupted(signal: NodeJS.Signals, when: string, ...args: string[]) {
  const { child, done, output } = modelyard.start(...args);
  child.stdout?.on('data', () => {
    if (!child.killed && output().includes(when)) child.kill(signal);
  });
  return done;
}

describe('deploy to a folder', () => {
  const toFolder = ['deploy', penguins, '--target', 'folder', '--config', 'to=shared'];

  it('shows the plan and sends nothing with --dry-run', async () => {
    const { code, out } = await modelyard.run(...toFolder, '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('Copy 15 files');
    expect(existsSync(modelyard.path('shared'))).toBe(false);
  });

  it('puts the proven bundle there, and nothing the second time', async () => {
    const first = await modelyard.run(...toFolder);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('Deployed') });
    expect(readdirSync(modelyard.path('shared/penguins'))).toContain('server.mjs');
    const second = await modelyard.run(...toFolder);
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('nothing was sent') });
  });

  it('takes a bundle that lies in a folder, and refuses one that was changed', async () => {
    const bundle = modelyard.path('shared/penguins');
    const zip = ['--target', 'folder', '--config', 'to=p.zip', '--config', 'format=zip'];
    expect((await modelyard.run('deploy', bundle, ...zip)).code).toBe(0);
    expect(readFileSync(modelyard.path('p.zip')).subarray(0, 2).toString()).toBe('PK');
    writeFileSync(join(bundle, 'server.mjs'), '// something else');
    const { code, out } = await modelyard.run('deploy', bundle, ...zip);
    expect(code).toBe(2);
    expect(out).toContain('server.mjs is missing or has changed');
  });
});

describe('deploy to an S3 store', () => {
  it('goes on after Ctrl+C and after a kill, and sends nothing once all is there', async () => {
    const stopped = await interrupted('SIGINT', '✓ Upload README.md', ...toS3);
    expect(stopped.code, stopped.out).toBe(130);
    expect(stopped.out).toContain('Deploy again to go on');
    await interrupted('SIGKILL', '✓ Upload program/program.json', ...toS3);
    const last = await modelyard.run(...toS3);
    expect(last).toMatchObject({ code: 0, out: expect.stringContaining('= Upload README.md') });
    expect(last.out).toContain('✓ Point latest.json');
    const { code, events } = await modelyard.events(...toS3);
    expect(code).toBe(0);
    expect(events.at(-1)).toMatchObject({ type: 'deploy-finished', sent: 0, location: /^s3:/ });
  });
});

describe('a document that deploys by itself', () => {
  it('sends a secret of the shell to no host that nobody has agreed to', async () => {
    const target = { type: 'lepton', url: 'http://localhost:1/api', workspaceToken: 'LEPTON_WORKSPACE_TOKEN' };
    const send = { kind: 'deploy.cloud', version: 1, name: 'send', params: { target }, position: [0, 0] };
    const parts = { nodes: { send }, edges: {}, notes: {}, groups: {}, flows: {} };
    const file = modelyard.path('sends.yard');
    writeFileSync(file, JSON.stringify({ format: 'modelyard', version: 1, settings: { seed: 1 }, ...parts }));
    const refused = await modelyard.run('run', file);
    expect(refused.code).toBe(2);
    expect(refused.out).toContain('would be sent to localhost:1');
    const flags = ['MODELYARD_ENDPOINT_TOKEN', 'LEPTON_WORKSPACE_TOKEN'].flatMap((name) => {
      expect(refused.out).toContain(`--allow-secret ${name}@localhost:1`);
      return ['--allow-secret', `${name}@localhost:1`];
    });
    const allowed = await modelyard.run('run', file, ...flags);
    expect(allowed.out).not.toContain('would be sent to');
    expect(await modelyard.run('run', file, '--allow-secret', 'TOKEN')).toMatchObject({ code: 2 });
  });
});

describe('deploy to Lepton', () => {
  it('serves the model behind a token, after a kill too, and sends nothing the second time', async () => {
    await interrupted('SIGKILL', '✓ Run the endpoint', ...toLepton);
    const { code, out } = await modelyard.run(...toLepton);
    expect(code, out).toBe(0);
    const { endpoints, secrets, bodies } = await lepton.state();
    expect(endpoints).toEqual({ penguins: { replicas: 1, tokens: [canaries.endpoint] } });
    expect(secrets).toEqual(['modelyard-penguins-token']);
    const url = /Endpoint: (\S+)/.exec(out)?.[1];
    expect((await fetch(`${url}/v1/models/penguins`)).status).toBe(401);
    const headers = { authorization: `Bearer ${canaries.endpoint}` };
    expect((await fetch(`${url}/v1/models/penguins`, { headers })).status).toBe(200);
    const again = await modelyard.run(...toLepton);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('nothing was sent') });
    expect((await lepton.state()).bodies).toBe(bodies);
  });

  it('stops and deletes what it made', async () => {
    expect((await modelyard.run(...toLepton, '--stop')).code).toBe(0);
    expect((await lepton.state()).endpoints).toMatchObject({ penguins: { replicas: 0 } });
    expect((await modelyard.run(...toLepton, '--delete')).code).toBe(0);
    expect(await lepton.state()).toMatchObject({ endpoints: {}, secrets: [] });
  });

  it('never shows or keeps a secret: not in arguments, texts or files', async () => {
    const { child, done, output } = modelyard.start(...toLepton);
    const parts = existsSync(`/proc/${child.pid}/cmdline`) ? readFileSync(`/proc/${child.pid}/cmdline`, 'utf8') : '';
    const { err } = await done;
    const names = readdirSync(modelyard.folder, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(20);
    const all = [parts, output(), err, ...files.map((path) => readFileSync(path, 'latin1'))].join('\n');
    for (const canary of [canaries.workspace, canaries.endpoint]) {
      const forms = [canary, Buffer.from(canary).toString('base64').replace(/=+$/, '')];
      expect(forms.filter((form) => all.includes(form))).toEqual([]);
    }
  });
});

describe('deploy', () => {
  it.each([
    [['--target', 'mars'], 'Choose one of: folder, s3, lepton'],
    [['--target', 's3'], 'needs the setting “bucket”'],
    [['--target', 'lepton', '--config', 'workspaceToken=LEPTON_UNSET'], 'LEPTON_UNSET is not set'],
    [['--target', 'lepton', '--config', 'workspaceToken=canary-typed-token'], 'never the secret itself'],
  ])('%s is refused before anything runs', async (args, sentence) => {
    const { code, out } = await modelyard.run('deploy', penguins, ...args);
    expect(code).toBe(2);
    expect(out).toContain(sentence);
    expect(out).not.toContain('Plan');
    expect(out).not.toContain('canary-typed-token');
  });

  it('is a node as well, which sends only when it runs', async () => {
    const document = JSON.parse(readFileSync(penguins, 'utf8'));
    const train = Object.entries<{ kind: string }>(document.nodes).find(([, { kind }]) => kind === 'train.fit')?.[0];
    const node = (kind: string, params: object) => ({
      kind,
      version: 1,
      name: kind.slice(7),
      params,
      position: [0, 0],
    });
    document.nodes.out1 = node('deploy.export', { to: 'bundle', name: 'birds' });
    document.nodes.out2 = node('deploy.cloud', { target: { type: 'folder', to: 'sent' } });
    document.edges[`${train}.model>out1.model`] = {};
    document.edges['out1.artifact>out2.artifact'] = {};
    for (const { params } of Object.values<{ params: { file?: string } }>(document.nodes)) {
      if (params.file) params.file = join(penguins, '..', params.file);
    }
    writeFileSync(modelyard.path('birds.yard'), JSON.stringify(document));
    const exported = await modelyard.run('run', modelyard.path('birds.yard'), '--to', 'export');
    expect(exported.code, exported.out).toBe(0);
    expect(existsSync(modelyard.path('sent'))).toBe(false);
    const deployed = await modelyard.run('run', modelyard.path('birds.yard'), '--to', 'cloud');
    expect(deployed.code, deployed.out).toBe(0);
    expect(readdirSync(modelyard.path('sent/birds'))).toContain('metadata.json');
  });
});
