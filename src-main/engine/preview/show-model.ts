import { elementCount, type TensorData } from '../../../src-shared/ops/tensor';
import { type Histogram, type ModelPreview, maxBins, type WeightSummary } from '../../../src-shared/preview';
import type { Predictor } from '../../../src-shared/runs/values';

/** A trained model at a glance: every weight by its range and how its numbers lie. */
export function showModel(model: Predictor): ModelPreview {
  const { signature, metrics, artefact } = model;
  const weights = Object.entries(artefact.weights);
  return {
    kind: 'model',
    outputs: signature.outputs,
    parameters: weights.reduce((sum, [, { shape }]) => sum + elementCount(shape), 0),
    metrics,
    weights: weights.flatMap(([name, tensor]) => summarize(name, tensor) ?? []),
  };
}

function summarize(name: string, { dtype, shape, data }: TensorData): WeightSummary | undefined {
  if (Array.isArray(data) || data instanceof BigInt64Array || dtype === 'float64') return undefined;
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of data) {
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const mean = sum / Math.max(1, data.length);
  let squares = 0;
  for (const value of data) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / Math.max(1, data.length));
  const range = data.length === 0 ? { min: 0, max: 0 } : { min, max };
  return { name, shape, dtype, ...range, mean, deviation, histogram: countBins(data, range) };
}

function countBins(data: Iterable<number>, { min, max }: { readonly min: number; readonly max: number }): Histogram {
  const bins = max > min ? maxBins : 1;
  const counts = new Array<number>(bins).fill(0);
  const scale = max > min ? bins / (max - min) : 0;
  for (const value of data) {
    const bin = Math.min(bins - 1, Math.floor((value - min) * scale));
    if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { kind: 'ranges', min, max, counts };
}
