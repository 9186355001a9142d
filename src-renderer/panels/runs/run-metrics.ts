import type { Hash } from '../../../src-shared/hash';
import { metricWord } from '../../../src-shared/metric-words';
import type { RunSummary } from '../../../src-shared/preview';
import type { Language } from '../../../src-shared/text';

/** `test.accuracy` as people read it: `Accuracy · test`. */
export function metricLabel(name: string, language: Language): string {
  const dot = name.indexOf('.');
  if (dot < 0) return metricWord(name, language);
  return `${metricWord(name.slice(dot + 1), language)} · ${name.slice(0, dot)}`;
}

export interface MetricDifference {
  readonly name: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

type Metrics = Readonly<Record<string, number>>;

/** Every metric that either run has, side by side. */
export function compareMetrics(before: Metrics, after: Metrics): MetricDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.map((name) => ({ name, before: before[name], after: after[name] }));
}

/** Numbers of the documents that ran, the oldest first: the same number is the same document. */
export function documentVersions(runs: readonly Pick<RunSummary, 'startedAt' | 'document'>[]): Map<Hash, number> {
  const oldestFirst = [...runs].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  return new Map([...new Set(oldestFirst.map(({ document }) => document))].map((hash, i) => [hash, i + 1]));
}
