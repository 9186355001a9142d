import {
  blocks,
  type CellArithmetic,
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
export function scanGru<T>(
  m: CellArithmetic<T>,
  { x, bias, kernel, recurrentKernel }: Weights<T> & { readonly x: T; readonly bias: T },
  { time, size, units }: SequenceSizes,
): GruSteps<T> {
  const [inputBias, stateBias] = m.unstack(bias, 2);
  if (inputBias === undefined || stateBias === undefined) throw new Error('A GRU has two biases.');
  const projected = m.add(m.matMul(m.flatten(x, size), kernel), inputBias);
  return m.scan({
    time,
    sequences: { outer: m.unflatten(projected, { time, size: 3 * units }) },
    state: { h: m.zeroState(x, units) },
    weights: { recurrentKernel, stateBias },
    outputs: ['y', 'z', 'r', 'hh', 'ih'],
    step: (c, { outer, h, ...given }) => {
      const inner = c.add(c.matMul(h, given.recurrentKernel), given.stateBias);
      const { xz, xr, xh } = blocks(c, outer, ['xz', 'xr', 'xh']);
      const { iz, ir, ih } = blocks(c, inner, ['iz', 'ir', 'ih']);
      const [z, r] = [c.sigmoid(c.add(xz, iz)), c.sigmoid(c.add(xr, ir))];
      const hh = c.tanh(c.add(xh, c.multiply(r, ih)));
      const y = c.add(hh, c.multiply(z, c.subtract(h, hh)));
      return { state: { h: y }, outputs: { y, z, r, hh, ih } };
    },
  });
}

/** Backpropagation through time of `scanGru`, given dy [time, batch, units]. */
export function scanGruGradient<T>(
  m: CellArithmetic<T>,
  { x, dy, kernel, recurrentKernel, ...forward }: Weights<T> & GruSteps<T> & { readonly x: T; readonly dy: T },
  { time, size, units }: SequenceSizes,
): RecurrentGradients<T> {
  const { y, z, r, hh, ih } = forward;
  const before = m.delay(y, time);
  const made = m.scan({
    time,
    reverse: true,
    sequences: { before, z, r, hh, ih, dy },
    state: { carried: m.zeroState(dy, units) },
    weights: { recurrentKernel },
    outputs: ['outer', 'inner'],
    step: (c, at) => {
      const dh = c.add(at.dy, at.carried);
      const dCandidate = c.multiply(c.multiply(dh, c.complement(at.z)), tanhSlope(c, at.hh));
      const dz = c.multiply(c.multiply(dh, c.subtract(at.before, at.hh)), sigmoidSlope(c, at.z));
      const dr = c.multiply(c.multiply(dCandidate, at.ih), sigmoidSlope(c, at.r));
      const inner = c.join([dz, dr, c.multiply(dCandidate, at.r)]);
      const carried = c.add(c.multiply(dh, at.z), c.matMul(inner, at.recurrentKernel, { b: true }));
      return { state: { carried }, outputs: { outer: c.join([dz, dr, dCandidate]), inner } };
    },
  });
  const outer = m.flatten(made.outer, 3 * units);
  const inner = m.flatten(made.inner, 3 * units);
  return {
    dx: m.unflatten(m.matMul(outer, kernel, { b: true }), { time, size }),
    dKernel: m.matMul(m.flatten(x, size), outer, { a: true }),
    dRecurrentKernel: m.matMul(m.flatten(before, units), inner, { a: true }),
    dBias: m.stack([m.sumRows(outer), m.sumRows(inner)]),
  };
}
