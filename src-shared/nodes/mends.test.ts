import { describe, expect, it } from 'vitest';
import { checkParams } from '../document/check-params';
import type { Params } from '../document/document';
import type { Mending } from '../problem';
import { defaultParams } from '../types/params';
import { nodes } from './catalog';

const mendings = {
  'no-target': 1,
  'no-model-input': 1,
  'missing-values': 1,
  'missing-target': 1,
  'text-feature': 1,
  'time-feature': 1,
  unscaled: 1,
} satisfies Record<Mending, 1>;

describe.each(Object.keys(mendings) as Mending[])('what mends %s', (mending) => {
  const [node, ...others] = nodes.filter(({ mends }) => mends?.[mending]);

  it('is one node, with settings that it allows', () => {
    expect(others).toEqual([]);
    if (!node) throw new Error('No node mends it.');
    const params = { ...defaultParams(node.params), ...node.mends?.[mending] } as Params;
    expect(checkParams(node, { name: 'n', params }).problems).toEqual([]);
  });
});
