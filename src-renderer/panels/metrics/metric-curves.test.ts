import { describe, expect, it } from 'vitest';
import { metricWord, splitMetric } from '../../../src-shared/metric-words';
import { metricCurves } from './metric-curves';

describe('metricCurves', () => {
  it('puts training and validation of a metric together', () => {
    const epochs = [
      { epoch: 1, metrics: { loss: 2, valLoss: 3, accuracy: 0.1 }, seconds: 1 },
      { epoch: 2, metrics: { loss: 1, valLoss: 2, accuracy: 0.5 }, seconds: 1 },
    ];
    expect(metricCurves(epochs)).toEqual([
      {
        metric: 'loss',
        curves: [
          { x: [1, 2], y: [2, 1], isValidation: false },
          { x: [1, 2], y: [3, 2], isValidation: true },
        ],
      },
      { metric: 'accuracy', curves: [{ x: [1, 2], y: [0.1, 0.5], isValidation: false }] },
    ]);
  });

  it('keeps folds apart', () => {
    const epochs = [
      { epoch: 1, metrics: { loss: 2 }, seconds: 1, fold: 1 },
      { epoch: 1, metrics: { loss: 4 }, seconds: 1, fold: 2 },
    ];
    const [loss] = metricCurves(epochs);
    expect(loss?.curves.map(({ fold, y }) => [fold, y])).toEqual([
      [1, [2]],
      [2, [4]],
    ]);
  });
});

describe('splitMetric', () => {
  it.each([
    ['valLoss', { base: 'loss', isValidation: true }],
    ['val_loss', { base: 'loss', isValidation: true }],
    ['value', { base: 'value', isValidation: false }],
    ['accuracy', { base: 'accuracy', isValidation: false }],
  ])('reads %s', (name, read) => {
    expect(splitMetric(name)).toEqual(read);
  });

  it('is written in both languages', () => {
    expect(metricWord('valAccuracy', 'en')).toBe('Accuracy, validation');
    expect(metricWord('valAccuracy', 'zh')).toBe('准确率（验证）');
    expect(metricWord('custom', 'en')).toBe('custom');
  });
});
