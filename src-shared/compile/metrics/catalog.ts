import { accuracy } from './accuracy';
import type { MetricDefinition } from './define-metric';
import { meanAbsoluteErrorMetric } from './mean-absolute-error';

/** Every metric that training shows, one line each. */
export const metrics = [accuracy, meanAbsoluteErrorMetric] as const;

export function lookupMetric(name: string): MetricDefinition {
  const metric = metrics.find((candidate) => candidate.name === name);
  if (!metric) throw new Error(`There is no metric "${name}".`);
  return metric;
}
