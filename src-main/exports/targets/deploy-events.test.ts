import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { DeployEvent } from '../../../src-shared/deploy';

/** A new event of a deployment does not compile until it stands here, and then must stand in the schema. */
const types = {
  'deploy-planned': 1,
  'deploy-step': 1,
  'deploy-progress': 1,
  'deploy-finished': 1,
} satisfies Record<DeployEvent['type'], 1>;

it('documents every event of a deployment', () => {
  const path = new URL('../../../docs/run-events.schema.json', import.meta.url);
  const { oneOf } = JSON.parse(readFileSync(path, 'utf8'));
  const names = oneOf.map(({ $ref }: { $ref: string }) => $ref.split('/').at(-1));
  expect(names.filter((name: string) => name.startsWith('deploy-'))).toEqual(Object.keys(types));
});
