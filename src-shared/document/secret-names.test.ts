import { expect, it } from 'vitest';
import { lookupNode } from '../nodes/catalog';
import type { YardNode } from './document';
import { secretNames } from './secret-names';

function node(kind: string, params: YardNode['params']): YardNode {
  return { kind, version: 1, name: kind, params, position: [0, 0] };
}

it('finds the secrets that the chosen form of a node reads, defaults included, and no others', () => {
  const nodes = {
    n1: node('deploy.cloud', { target: { type: 's3', secretAccessKey: 'OWN_SECRET' } }),
    n2: node('deploy.cloud', { target: { type: 's3', secretAccessKey: 'OWN_SECRET', sessionToken: 'SESSION' } }),
    n3: node('deploy.cloud', {}),
    n4: node('layer.dense', { units: 3 }),
    n5: node('unknown.kind', { token: 'NOT_A_PARAM' }),
  };
  expect(secretNames({ nodes }, lookupNode)).toEqual([
    'AWS_ACCESS_KEY_ID',
    'AWS_SESSION_TOKEN',
    'OWN_SECRET',
    'SESSION',
  ]);
});
