import { expect, it } from 'vitest';
import { compareMetrics, metricLabel } from './run-metrics';

it('says of which node a metric is', () => {
  expect(metricLabel('test.accuracy', 'en')).toBe('Accuracy · test');
  expect(metricLabel('loss', 'zh')).toBe('损失');
});

it('puts metrics side by side, with those that one run lacks', () => {
  expect(compareMetrics({ a: 1, b: 2 }, { b: 3, c: 4 })).toEqual([
    { name: 'a', before: 1, after: undefined },
    { name: 'b', before: 2, after: 3 },
    { name: 'c', before: undefined, after: 4 },
  ]);
});
