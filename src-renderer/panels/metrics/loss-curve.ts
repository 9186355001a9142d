import type { LossHistory } from '../../../src-shared/runs/loss-history';

export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** Mean loss of each bucket at the middle of its steps, counted from 1. */
export function lossCurve({ buckets }: LossHistory): Curve {
  const x: number[] = [];
  const y: number[] = [];
  let done = 0;
  for (const { sum, count } of buckets) {
    x.push(done + (count + 1) / 2);
    y.push(sum / count);
    done += count;
  }
  return { x, y };
}

/** Several curves over one axis: every x that any has, gaps where a curve has none. */
export function alignCurves(curves: readonly Curve[]): { x: number[]; ys: (number | null)[][] } {
  const x = [...new Set(curves.flatMap((curve) => curve.x))].sort((a, b) => a - b);
  const ys = curves.map((curve) => {
    const at = new Map(curve.x.map((value, i) => [value, curve.y[i] ?? null]));
    return x.map((value) => at.get(value) ?? null);
  });
  return { x, ys };
}

/** At most `most` points, the lowest and the highest of each stretch, so that a spike is still seen. */
export function decimate({ x, y }: Curve, most: number): Curve {
  if (x.length <= most) return { x, y };
  const size = Math.ceil(x.length / Math.max(1, Math.floor(most / 2)));
  const kept: number[] = [];
  for (let from = 0; from < x.length; from += size) {
    const places = Array.from({ length: Math.min(size, x.length - from) }, (_, i) => from + i);
    const known = places.filter((place) => typeof y[place] === 'number').sort((a, b) => (y[a] ?? 0) - (y[b] ?? 0));
    const ends = [known[0], known.at(-1)].filter((place) => place !== undefined);
    kept.push(...[...new Set(ends)].sort((a, b) => a - b));
  }
  return { x: kept.map((place) => x[place] ?? 0), y: kept.map((place) => y[place] ?? null) };
}
