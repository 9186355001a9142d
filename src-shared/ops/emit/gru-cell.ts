import {
  at,
  type CellArithmetic,
  previousStates,
  type RecurrentGradients,
  type SequenceSizes,
  sigmoidSlope,
  tanhSlope,
} from './cell-arithmetic';

interface Weights<T> {
  /** [in, 3 · units]; blocks for update gate, reset gate, candidate, as in Keras. */
  readonly kernel: T;
  /** [units, 3 · units]. */
  readonly recurrentKernel: T;
}

/** What every step computes, each [time, batch, units]: `hh` is the candidate, `ih` its share of the state before r. */
export interface GruSteps<T> {
  readonly y: T;
  readonly z: T;
  readonly r: T;
  readonly hh: T;
  readonly ih: T;
}

/**
 * A GRU over a sequence x [time, batch, in], step by step, from a state of 0; bias [2, 3 · units] has one row for the
 * input and one for the state:
 * z, r = σ(x·W + b₀ + h·U + b₁); hh = tanh(x·W + b₀ + r·(h·U + b₁)); h ← z·h + (1 − z)·hh.
 * Source: Cho and others 2014, with the reset gate after the product, as Keras (`reset_after`) and cuDNN have it.
 */
export function unrollGru<T>(
  m: CellArithmetic<T>,
  { x, bias, kernel, recurrentKernel }: Weights<T> & { readonly x: T; readonly bias: T },
  { time, size, units }: SequenceSizes,
): GruSteps<T> {
  const [inputBias, stateBias] = m.unstack(bias, 2);
  if (inputBias === undefined || stateBias === undefined) throw new Error('A GRU has two biases.');
  const projected = m.add(m.matMul(m.flatten(x, size), kernel), inputBias);
  const steps: GruSteps<T>[] = [];
  for (const all of m.unstack(m.unflatten(projected, { time, size: 3 * units }), time)) {
    const h = steps.at(-1)?.y;
    const inner = m.add(h === undefined ? m.zerosLike(all) : m.matMul(h, recurrentKernel), stateBias);
    const [xz, xr, xh] = m.split(all, 3);
    const [iz, ir, ih] = m.split(inner, 3);
    if (xz === undefined || xr === undefined || xh === undefined) throw new Error('No gates.');
    if (iz === undefined || ir === undefined || ih === undefined) throw new Error('No gates.');
    const [z, r] = [m.sigmoid(m.add(xz, iz)), m.sigmoid(m.add(xr, ir))];
    const hh = m.tanh(m.add(xh, m.multiply(r, ih)));
    const y = h === undefined ? m.multiply(m.complement(z), hh) : m.add(hh, m.multiply(z, m.subtract(h, hh)));
    steps.push({ y, z, r, hh, ih });
  }
  const stack = (name: keyof GruSteps<T>) => m.stack(steps.map((step) => step[name]));
  return { y: stack('y'), z: stack('z'), r: stack('r'), hh: stack('hh'), ih: stack('ih') };
}

/** Backpropagation through time of `unrollGru`, given dy [time, batch, units]. */
export function unrollGruGradient<T>(
  m: CellArithmetic<T>,
  { x, dy, kernel, recurrentKernel, ...forward }: Weights<T> & GruSteps<T> & { readonly x: T; readonly dy: T },
  { time, size, units }: SequenceSizes,
): RecurrentGradients<T> {
  const [y, z, r] = [forward.y, forward.z, forward.r].map((all) => m.unstack(all, time));
  const [hh, ih, dys] = [forward.hh, forward.ih, dy].map((all) => m.unstack(all, time));
  if (!y || !z || !r || !hh || !ih || !dys) throw new Error('No steps.');
  const dProjected: T[] = [];
  const dInner: T[] = [];
  let carried: T | undefined;
  for (let t = time - 1; t >= 0; t--) {
    const dh: T = carried === undefined ? at(dys, t) : m.add(at(dys, t), carried);
    const dCandidate = m.multiply(m.multiply(dh, m.complement(at(z, t))), tanhSlope(m, at(hh, t)));
    const change = t > 0 ? m.subtract(at(y, t - 1), at(hh, t)) : m.subtract(m.zerosLike(dh), at(hh, t));
    const dz = m.multiply(m.multiply(dh, change), sigmoidSlope(m, at(z, t)));
    const dr = m.multiply(m.multiply(dCandidate, at(ih, t)), sigmoidSlope(m, at(r, t)));
    const inner = m.join([dz, dr, m.multiply(dCandidate, at(r, t))]);
    dProjected.unshift(m.join([dz, dr, dCandidate]));
    dInner.unshift(inner);
    carried = m.add(m.multiply(dh, at(z, t)), m.matMul(inner, recurrentKernel, { b: true }));
  }
  const outer = m.flatten(m.stack(dProjected), 3 * units);
  const inner = m.flatten(m.stack(dInner), 3 * units);
  return {
    dx: m.unflatten(m.matMul(outer, kernel, { b: true }), { time, size }),
    dKernel: m.matMul(m.flatten(x, size), outer, { a: true }),
    dRecurrentKernel: m.matMul(previousStates(m, y, units), inner, { a: true }),
    dBias: m.stack([m.sumRows(outer), m.sumRows(inner)]),
  };
}
