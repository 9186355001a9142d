import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AskOf } from '../../src-shared/ipc';
import { realFs } from '../files/fs-port';
import type { Client } from '../ipc/handlers';
import { AllowedSecretUses } from '../settings/allowed-secret-uses';
import { secretHandlers } from './secret-handlers';
import { createSessionVault } from './session-vault';
import { problemOf } from './test-deploy-host';
import { vaultEnvironment } from './vault-environment';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const client: Client = { id: 'window', emit: () => undefined };

function open(env: Record<string, string> = {}) {
  const vault = createSessionVault();
  const allowed = new AllowedSecretUses(realFs, folder);
  const { handlers } = secretHandlers({ vault, env, allowed });
  const list = (...names: string[]) => handlers['secret:list']({ names }, client);
  const set = (name: string, value: string, purpose?: AskOf<'secret:set'>['purpose']) =>
    handlers['secret:set']({ name, value, ...(purpose ? { purpose } : {}) }, client);
  const allow = (...uses: AskOf<'secret:allow'>['uses']) => handlers['secret:allow']({ uses }, client);
  const remove = (name: string) => handlers['secret:remove']({ name }, client);
  return { vault, allowed, list, set, allow, remove };
}

test('a secret is kept, named with where it comes from, preferred to the environment, and taken away', async () => {
  const env = { KEY: 'canary-of-the-shell', EMPTY: '' };
  const { vault, list, set, remove } = open(env);
  expect(await list('KEY', 'EMPTY', 'OTHER', 'KEY')).toEqual([{ name: 'KEY', from: 'environment' }]);
  expect(await set('KEY', 'canary-of-the-vault')).toEqual({ name: 'KEY', from: 'session' });
  const told = await list('KEY');
  expect(told).toEqual([{ name: 'KEY', from: 'session' }]);
  expect((await vaultEnvironment(vault, env, ['KEY']))('KEY')).toBe('canary-of-the-vault');
  await remove('KEY');
  expect((await vaultEnvironment(vault, env, ['KEY']))('KEY')).toBe('canary-of-the-shell');
  expect((await vaultEnvironment(vault, env, []))('KEY')).toBeUndefined();
});

test('what is no name of a secret, and an empty secret, is refused without repeating it', async () => {
  const { set, list } = open({ 'wrong-name': 'x' });
  const refused = await problemOf(set('wJalrXUtnFEMI', 'canary-5d'));
  expect(refused.code).toBe('secret-name-invalid');
  expect(JSON.stringify(refused)).not.toMatch(/wJalr|canary/);
  expect((await problemOf(set('KEY', ''))).code).toBe('secret-empty');
  expect(await list('wrong-name')).toEqual([]);
});

test('a secret may go where it was entered for and where a person agreed, and a new value forgets that', async () => {
  const { allowed, set, allow, remove } = open();
  const purpose = { target: 's3', config: { bucket: 'models', endpoint: 'https://store.example:9000' } };
  await set('AWS_SECRET_ACCESS_KEY', 'canary-11', purpose);
  const entered = { secret: 'AWS_SECRET_ACCESS_KEY', target: 's3', host: 'store.example:9000' };
  expect(await allowed.list()).toEqual([entered]);
  const agreed = { ...entered, host: 'other.example' };
  await allow(agreed, agreed);
  expect(await new AllowedSecretUses(realFs, folder).list()).toEqual([entered, agreed]);
  expect(readFileSync(join(folder, 'secret-uses.json'), 'utf8')).not.toContain('canary');
  await set('AWS_SECRET_ACCESS_KEY', 'canary-12');
  expect(await allowed.list()).toEqual([]);
  await allow(agreed);
  await remove('AWS_SECRET_ACCESS_KEY');
  expect(await allowed.list()).toEqual([]);
});

test('settings that are wrong allow nothing', async () => {
  const { allowed, set } = open();
  await set('AWS_SECRET_ACCESS_KEY', 'canary-13', { target: 's3', config: { endpoint: 7 } });
  await set('AWS_ACCESS_KEY_ID', 'canary-14', { target: 's3', config: { endpoint: 'no address' } });
  expect(await allowed.list()).toEqual([]);
});
