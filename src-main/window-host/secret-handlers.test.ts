import { expect, test } from 'vitest';
import type { Client } from '../ipc/handlers';
import { secretHandlers } from './secret-handlers';
import { createSessionVault } from './session-vault';
import { problemOf } from './test-deploy-host';
import { vaultEnvironment } from './vault-environment';

const client: Client = { id: 'window', emit: () => undefined };

function open(env: Record<string, string> = {}) {
  const vault = createSessionVault();
  const { handlers } = secretHandlers({ vault, env });
  const list = (...names: string[]) => handlers['secret:list']({ names }, client);
  const set = (name: string, value: string) => handlers['secret:set']({ name, value }, client);
  const remove = (name: string) => handlers['secret:remove']({ name }, client);
  return { vault, list, set, remove };
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
