import { expect, test } from 'vitest';
import { referenceCnn } from '../../src-shared/compile/fixtures/networks';
import { tensorflowObstacle } from '../backends/test-programs/tensorflow-obstacle';
import { measureStep } from './test-step-memory';

test.skipIf(tensorflowObstacle() || process.platform !== 'linux')(
  'a step of the reference network takes between a third of the estimate and all of it',
  async () => {
    const { measured, estimate } = await measureStep(referenceCnn(), { rowShape: [28, 28, 1], rows: 2048 });
    expect(estimate).toBeGreaterThan(300e6);
    expect(measured / estimate).toBeLessThan(1.1);
    expect(measured / estimate).toBeGreaterThan(1 / 3);
  },
);
