import {
  blocks,
  type CellArithmetic,
  type RecurrentGradients,
  type SequenceSizes,
  sigmoidSlope,
  tanhSlope,
} from './cell-arithmetic';

export interface LstmWeights<T> {
  /** [in, 4 · units]; blocks for input gate, forget gate, candidate, output gate, as in Keras. */
  readonly kernel: T;
  /** [units, 4 · units]. */
  readonly recurrentKernel: T;
}

/** What every step computes, each [time, batch, units]: `c` is the cell state, `co` its tanh, `ci` the candidate. */
export interface LstmSteps<T> {
  readonly y: T;
  readonly i: T;
  readonly c: T;
  readonly f: T;
  readonly o: T;
  readonly ci: T;
  readonly co: T;
}

/**
 * An LSTM over a sequence x [time, batch, in], step by step, from states of 0:
 * i, f, o = σ(·), ci = tanh(·) of x·W + h·U + b; c ← f·c + i·ci; h ← o·tanh(c).
 * Source: Hochreiter & Schmidhuber 1997, with the forget gate of Gers and others 2000; Keras' form.
 */
export function scanLstm<T>(
  m: CellArithmetic<T>,
  { x, bias, kernel, recurrentKernel }: LstmWeights<T> & { readonly x: T; readonly bias: T },
  { time, size, units }: SequenceSizes,
): LstmSteps<T> {
  const projected = m.add(m.matMul(m.flatten(x, size), kernel), bias);
  const zeros = m.zeroState(x, units);
  return m.scan({
    time,
    sequences: { outer: m.unflatten(projected, { time, size: 4 * units }) },
    state: { h: zeros, cell: zeros },
    weights: { recurrentKernel },
    outputs: ['y', 'i', 'c', 'f', 'o', 'ci', 'co'],
    step: (a, at) => {
      const gates = a.add(at.outer, a.matMul(at.h, at.recurrentKernel));
      const { zi, zf, zc, zo } = blocks(a, gates, ['zi', 'zf', 'zc', 'zo']);
      const [i, f, ci, o] = [a.sigmoid(zi), a.sigmoid(zf), a.tanh(zc), a.sigmoid(zo)];
      const c = a.add(a.multiply(f, at.cell), a.multiply(i, ci));
      const co = a.tanh(c);
      const y = a.multiply(o, co);
      return { state: { h: y, cell: c }, outputs: { y, i, c, f, o, ci, co } };
    },
  });
}

/** Backpropagation through time of `scanLstm`, given dy [time, batch, units]. */
export function scanLstmGradient<T>(
  m: CellArithmetic<T>,
  { x, dy, kernel, recurrentKernel, ...forward }: LstmWeights<T> & LstmSteps<T> & { readonly x: T; readonly dy: T },
  { time, size, units }: SequenceSizes,
): RecurrentGradients<T> {
  const { y, i, c, f, o, ci, co } = forward;
  const zeros = m.zeroState(dy, units);
  const { gates } = m.scan({
    time,
    reverse: true,
    sequences: { before: m.delay(c, time), i, f, o, ci, co, dy },
    state: { carriedH: zeros, carriedC: zeros },
    weights: { recurrentKernel },
    outputs: ['gates'],
    step: (a, at) => {
      const dh = a.add(at.dy, at.carriedH);
      const dc = a.add(a.multiply(a.multiply(dh, at.o), tanhSlope(a, at.co)), at.carriedC);
      const joined = a.join([
        a.multiply(a.multiply(dc, at.ci), sigmoidSlope(a, at.i)),
        a.multiply(a.multiply(dc, at.before), sigmoidSlope(a, at.f)),
        a.multiply(a.multiply(dc, at.i), tanhSlope(a, at.ci)),
        a.multiply(a.multiply(dh, at.co), sigmoidSlope(a, at.o)),
      ]);
      const carriedH = a.matMul(joined, at.recurrentKernel, { b: true });
      return { state: { carriedH, carriedC: a.multiply(dc, at.f) }, outputs: { gates: joined } };
    },
  });
  const all = m.flatten(gates, 4 * units);
  return {
    dx: m.unflatten(m.matMul(all, kernel, { b: true }), { time, size }),
    dKernel: m.matMul(m.flatten(x, size), all, { a: true }),
    dRecurrentKernel: m.matMul(m.flatten(m.delay(y, time), units), all, { a: true }),
    dBias: m.sumRows(all),
  };
}
