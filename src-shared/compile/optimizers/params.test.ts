import { expect, test } from 'vitest';
import { paramSchema } from '../../types/params';
import { clipParam } from '../clip-gradients';
import { scheduleParam } from '../schedules/catalog';
import { optimizerParam } from './catalog';

test('settings have the defaults of Keras', () => {
  const schema = paramSchema(optimizerParam);
  expect(schema.parse(undefined)).toEqual({
    type: 'adam',
    learningRate: 0.001,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-7,
  });
  expect(schema.parse({ type: 'adamw' })).toMatchObject({ weightDecay: 0.004, learningRate: 0.001 });
  expect(schema.parse({ type: 'sgd' })).toEqual({ type: 'sgd', learningRate: 0.01, momentum: 0, nesterov: false });
  expect(schema.parse({ type: 'rmsprop' })).toMatchObject({ rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false });
  expect(paramSchema(clipParam).parse(undefined)).toEqual({ type: 'none' });
  expect(paramSchema(scheduleParam).parse({ type: 'cosine' })).toMatchObject({
    decaySteps: 0,
    alpha: 0,
    warmupSteps: 0,
  });
});

test('a learning rate that is not positive is refused', () => {
  expect(paramSchema(optimizerParam).safeParse({ type: 'adam', learningRate: 0 }).success).toBe(false);
});
