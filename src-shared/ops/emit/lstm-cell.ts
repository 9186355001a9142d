import {
  at,
  type CellArithmetic,
  previousStates,
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

type Step<T> = LstmSteps<T>;

/**
 * An LSTM over a sequence x [time, batch, in], step by step, from states of 0:
 * i, f, o = σ(·), ci = tanh(·) of x·W + h·U + b; c ← f·c + i·ci; h ← o·tanh(c).
 * Source: Hochreiter & Schmidhuber 1997, with the forget gate of Gers and others 2000; Keras' form.
 */
export function unrollLstm<T>(
  m: CellArithmetic<T>,
  { x, bias, kernel, recurrentKernel }: LstmWeights<T> & { readonly x: T; readonly bias: T },
  { time, size, units }: SequenceSizes,
): LstmSteps<T> {
  const projected = m.add(m.matMul(m.flatten(x, size), kernel), bias);
  const steps: Step<T>[] = [];
  for (const z of m.unstack(m.unflatten(projected, { time, size: 4 * units }), time)) {
    const last = steps.at(-1);
    const [zi, zf, zc, zo] = m.split(last ? m.add(z, m.matMul(last.y, recurrentKernel)) : z, 4);
    if (zi === undefined || zf === undefined || zc === undefined || zo === undefined) throw new Error('No gates.');
    const [i, f, ci, o] = [m.sigmoid(zi), m.sigmoid(zf), m.tanh(zc), m.sigmoid(zo)];
    const fresh = m.multiply(i, ci);
    const c = last ? m.add(m.multiply(f, last.c), fresh) : fresh;
    const co = m.tanh(c);
    steps.push({ i, f, ci, o, c, co, y: m.multiply(o, co) });
  }
  const all = (name: keyof Step<T>) => m.stack(steps.map((step) => step[name]));
  return { y: all('y'), i: all('i'), c: all('c'), f: all('f'), o: all('o'), ci: all('ci'), co: all('co') };
}

/** Backpropagation through time of `unrollLstm`, given dy [time, batch, units]. */
export function unrollLstmGradient<T>(
  m: CellArithmetic<T>,
  { x, dy, kernel, recurrentKernel, ...forward }: LstmWeights<T> & LstmSteps<T> & { readonly x: T; readonly dy: T },
  { time, size, units }: SequenceSizes,
): RecurrentGradients<T> {
  const [i, f, o, c] = [forward.i, forward.f, forward.o, forward.c].map((all) => m.unstack(all, time));
  const [ci, co, dys] = [forward.ci, forward.co, dy].map((all) => m.unstack(all, time));
  if (!i || !f || !o || !c || !ci || !co || !dys) throw new Error('No steps.');
  const dz: T[] = [];
  let carried: { readonly dh: T; readonly dc: T } | undefined;
  for (let t = time - 1; t >= 0; t--) {
    const dh: T = carried ? m.add(at(dys, t), carried.dh) : at(dys, t);
    const through: T = m.multiply(m.multiply(dh, at(o, t)), tanhSlope(m, at(co, t)));
    const dc: T = carried ? m.add(through, carried.dc) : through;
    const df = t > 0 ? m.multiply(dc, at(c, t - 1)) : m.zerosLike(dc);
    const gates = m.join([
      m.multiply(m.multiply(dc, at(ci, t)), sigmoidSlope(m, at(i, t))),
      m.multiply(df, sigmoidSlope(m, at(f, t))),
      m.multiply(m.multiply(dc, at(i, t)), tanhSlope(m, at(ci, t))),
      m.multiply(m.multiply(dh, at(co, t)), sigmoidSlope(m, at(o, t))),
    ]);
    dz.unshift(gates);
    carried = { dh: m.matMul(gates, recurrentKernel, { b: true }), dc: m.multiply(dc, at(f, t)) };
  }
  const all = m.flatten(m.stack(dz), 4 * units);
  const before = previousStates(m, m.unstack(forward.y, time), units);
  return {
    dx: m.unflatten(m.matMul(all, kernel, { b: true }), { time, size }),
    dKernel: m.matMul(m.flatten(x, size), all, { a: true }),
    dRecurrentKernel: m.matMul(before, all, { a: true }),
    dBias: m.sumRows(all),
  };
}
