import { splitMetric } from '../../../src-shared/metric-words';
import type { NodeRun } from '../../../src-shared/runs/run-state';
import type { Curve } from './loss-curve';

/** One metric over epochs: of training and of validation rows, of each fold where there are some. */
export interface MetricCurves {
  readonly metric: string;
  readonly curves: readonly (Curve & { readonly isValidation: boolean; readonly fold?: number })[];
}

/** Metrics by name, training and validation together, in the order in which they first came. */
export function metricCurves(epochs: NodeRun['epochs']): MetricCurves[] {
  const names = [...new Set(epochs.flatMap(({ metrics }) => Object.keys(metrics)))];
  const folds = [...new Set(epochs.map(({ fold }) => fold))];
  const bases = [...new Set(names.map((name) => splitMetric(name).base))];
  return bases.map((metric) => ({
    metric,
    curves: names
      .filter((name) => splitMetric(name).base === metric)
      .flatMap((name) => folds.map((fold) => curveOf(epochs, { name, fold })))
      .filter(({ x }) => x.length > 0),
  }));
}

interface Wanted {
  readonly name: string;
  readonly fold: number | undefined;
}

function curveOf(epochs: NodeRun['epochs'], { name, fold }: Wanted): MetricCurves['curves'][number] {
  const points = epochs.flatMap(({ epoch, metrics, fold: of }) => {
    const value = metrics[name];
    return of === fold && value !== undefined ? [{ epoch, value }] : [];
  });
  const { isValidation } = splitMetric(name);
  return {
    x: points.map(({ epoch }) => epoch),
    y: points.map(({ value }) => (Number.isFinite(value) ? value : null)),
    isValidation,
    ...(fold === undefined ? {} : { fold }),
  };
}
