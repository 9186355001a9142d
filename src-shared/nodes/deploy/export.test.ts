import { expect, test } from 'vitest';
import { defaultParams } from '../../types/params';
import { exportModel } from './export';

const context = { seed: 1 };

test('its defaults are accepted', () => {
  expect(exportModel.infer?.({}, defaultParams(exportModel.params), context).problems).toEqual([]);
});

test.each([
  ['name', { name: '../cat' }, 'export-name-missing'],
  ['name', { name: '' }, 'export-name-missing'],
  ['to', { to: ' ' }, 'export-folder-missing'],
])('a bad %s is shown at it: %j', (param, params, code) => {
  const inferred = exportModel.infer?.({}, { ...defaultParams(exportModel.params), ...params }, context);
  expect(inferred?.problems).toMatchObject([{ code, param }]);
});
