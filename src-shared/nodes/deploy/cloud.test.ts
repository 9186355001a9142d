import { expect, test } from 'vitest';
import { defaultParams } from '../../types/params';
import { cloud } from './cloud';
import { targetForms } from './target-params';

const context = { seed: 1 };

test.each(Object.entries(targetForms))('the defaults of %s are accepted', (type, { params }) => {
  const target = { type, ...defaultParams(params) };
  expect(cloud.infer?.({}, { target }, context).problems).toEqual([]);
});

test('a secret in the place of its variable’s name is refused and not repeated', () => {
  const target = { type: 'lepton', ...defaultParams(targetForms.lepton.params), workspaceToken: 'wJalrXUtnFEMI' };
  const problems = cloud.infer?.({}, { target }, context).problems;
  expect(problems).toMatchObject([{ code: 'deploy-secret-name', param: 'target.workspaceToken' }]);
  expect(JSON.stringify(problems)).not.toContain('wJalr');
});
