import { beforeAll, expect, it } from 'vitest';
import type { PlannedStep } from '../../src-shared/window-data';
import { setUpI18n, translate } from '../i18n/i18n';
import { planLine } from './plan-words';

const step = (state: PlannedStep['state'], seconds?: number): PlannedStep => ({
  node: 'x',
  state,
  reason: { code: 'first-run' },
  ...(seconds === undefined ? {} : { estimate: { seconds, bytes: 1.2e9 } }),
});

beforeAll(() => setUpI18n('en'));

it('says a plan in one line', () => {
  const steps = [step('cached'), step('cached'), step('traced'), step('run', 40), step('run', 8)];
  expect(planLine(steps, translate)).toBe('2 cached · 2 to run · about 48 s · 1.2 GB');
});

it('does not promise what a step cannot say', () => {
  expect(planLine([step('run', 40), step('run')], translate)).toBe('2 to run · at least 40 s · 1.2 GB');
  expect(planLine([step('run')], translate)).toBe('1 to run');
});

it('says that nothing runs, and what cannot', () => {
  expect(planLine([step('cached', 9)], translate)).toBe('1 cached · nothing to run');
  expect(planLine([step('blocked')], translate)).toBe('1 blocked');
});
