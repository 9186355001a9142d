import { expect, test } from 'vitest';
import { lookupNode } from '../../../src-shared/nodes/catalog';
import { newUseProblem, type SecretUse, unaskedUses, usesAskedFor } from '../../../src-shared/secret-use';
import { documentOf } from '../../documents/test-documents';
import { usesIn } from './document-uses';

const values: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: 'canary-id',
  AWS_SECRET_ACCESS_KEY: 'canary-key',
  GITHUB_TOKEN: 'canary-of-the-shell',
  LEPTON_WORKSPACE_URL: 'https://workspace.example/api',
};
const env = (name: string) => values[name];

function deploying(target: Record<string, unknown>, more: { readonly muted?: boolean } = {}) {
  // A document of a test names only what counts.
  const node = {
    kind: 'deploy.cloud',
    version: 1,
    name: 'send',
    params: { target },
    position: [0, 0],
    ...more,
  } as never;
  return documentOf(1, { nodes: { a: node } });
}

test('a run would send the secrets that are there to the host that the document names', () => {
  const document = deploying({ type: 's3', bucket: 'models', endpoint: 'https://evil.example/x' });
  expect(usesIn({ document }, lookupNode, env)).toEqual([
    { secret: 'AWS_ACCESS_KEY_ID', target: 's3', host: 'evil.example' },
    { secret: 'AWS_SECRET_ACCESS_KEY', target: 's3', host: 'evil.example' },
  ]);
});

test('any variable that a document names counts as a secret, and the environment may name the host', () => {
  const document = deploying({ type: 'lepton', workspaceToken: 'GITHUB_TOKEN' });
  expect(usesIn({ document }, lookupNode, env)).toEqual([
    { secret: 'GITHUB_TOKEN', target: 'lepton', host: 'workspace.example' },
  ]);
});

test('what does not run sends nothing', () => {
  const target = { type: 's3', bucket: 'models', endpoint: 'https://evil.example' };
  expect(usesIn({ document: deploying(target, { muted: true }) }, lookupNode, env)).toEqual([]);
  expect(usesIn({ document: deploying({ ...target, endpoint: 7 }) }, lookupNode, env)).toEqual([]);
  expect(usesIn({ document: deploying({ type: 'folder' }) }, lookupNode, env)).toEqual([]);
});

test('agreement is for one secret, one target and one host', () => {
  const use: SecretUse = { secret: 'A', target: 's3', host: 'x.example' };
  expect(unaskedUses([use], [use])).toEqual([]);
  for (const other of [{ secret: 'B' }, { target: 'lepton' }, { host: 'x.example:81' }]) {
    expect(unaskedUses([use], [{ ...use, ...other }])).toEqual([use]);
  }
  expect(unaskedUses([use], 'typed')).toEqual([]);
});

test('a person is asked once for all secrets of a host', () => {
  const a: SecretUse = { secret: 'A', target: 's3', host: 'x.example' };
  const b: SecretUse = { ...a, secret: 'B' };
  const found = newUseProblem([a, b, { ...a, host: 'y.example' }]);
  expect(found?.values).toMatchObject({
    secrets: 'A, B',
    flags: '--allow-secret A@x.example --allow-secret B@x.example',
  });
  expect(found && usesAskedFor(found)).toEqual([a, b]);
  expect(newUseProblem([])).toBeUndefined();
});
