import { expect, it } from 'vitest';
import { lookupStep } from '../../recipe/catalog';
import { defaultParams } from '../../types/params';
import { lookupNode } from '../catalog';
import { logTransform } from './log-transform';

it('is found by its kind and appends a step that exists', () => {
  expect(lookupNode('prepare.logTransform')).toBe(logTransform);
  const steps = logTransform.step?.(defaultParams(logTransform.params), { columns: [] }).steps ?? [];
  expect(steps.map(({ step }) => lookupStep(step).name)).toEqual(['signedLog']);
});
