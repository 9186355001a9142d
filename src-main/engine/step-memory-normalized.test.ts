import { expect, test } from 'vitest';
import { chain } from '../../src-shared/compile/fixtures/networks';
import { tensorflowObstacle } from '../backends/test-programs/tensorflow-obstacle';
import { measureStep } from './test-step-memory';

test.skipIf(tensorflowObstacle() || process.platform !== 'linux')(
  'a step of a network with batch normalization takes between a third of the estimate and all of it',
  async () => {
    const network = chain([
      ['input', { shape: '32,32,3' }],
      ['conv2d', { filters: 32, activation: 'relu', padding: 'same' }],
      ['batchNormalization'],
      ['conv2d', { filters: 32, activation: 'relu', padding: 'same' }],
      ['globalAveragePooling2d'],
      ['dense', { units: 10, activation: 'softmax' }],
    ]);
    const { measured, estimate } = await measureStep(network, { rowShape: [32, 32, 3], rows: 768 });
    expect(estimate).toBeGreaterThan(300e6);
    expect(measured / estimate).toBeLessThan(1.1);
    expect(measured / estimate).toBeGreaterThan(1 / 3);
  },
);
