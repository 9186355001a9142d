import { expect, it } from 'vitest';
import { compareMetrics, documentVersions, metricLabel } from './run-metrics';

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

it('numbers the documents that ran, the oldest first', () => {
  const runs = [
    { startedAt: '2026-01-03', document: 'sha256:b' as const },
    { startedAt: '2026-01-02', document: 'sha256:a' as const },
    { startedAt: '2026-01-01', document: 'sha256:b' as const },
  ];
  expect([...documentVersions(runs)]).toEqual([
    ['sha256:b', 1],
    ['sha256:a', 2],
  ]);
});
