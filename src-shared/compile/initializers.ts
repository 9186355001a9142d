import type { Initializer, Program, State, StateId, StepProgram } from '../ops/program';
import { elementCount, type TensorData } from '../ops/tensor';
import { createRandom, deriveSeed, type Random } from '../random';
import { orthogonal } from './orthogonal';
import { stateOrder } from './state-order';

/**
 * The first value of every state, by Keras' formulas. Random ones come from xoshiro128** seeded by (seed, place of
 * the state in the program, role), never by a name: copies of a layer differ, copies of a document agree.
 */
export function initialState(program: Program | StepProgram, seed: number): Record<StateId, TensorData> {
  const places = new Map(stateOrder(program).map((id, place) => [id, place]));
  return Object.fromEntries(
    program.state.map((state) => {
      const role = state.id.slice(state.id.lastIndexOf('/') + 1);
      const random = createRandom(deriveSeed(seed, 'initializer', places.get(state.id) ?? 0, role));
      return [state.id, initialize(state, random)];
    }),
  );
}

/** @throws Error for a state whose shape is not known, which no layer declares. */
function initialize({ id, type, init }: State, random: Random): TensorData {
  const shape = type.shape.map((dim) => {
    if (typeof dim !== 'number') throw new Error(`State ${id} has the unknown dimension ${dim}.`);
    return dim;
  });
  const values = drawValues(init, shape, random);
  return { dtype: type.dtype, shape, data: type.dtype === 'int32' ? Int32Array.from(values) : values };
}

/** Variance scaling: variance `scale` / fan, where the fan is that of the inputs, or the mean of both. */
const scaling = {
  glorotUniform: { scale: 1, fan: 'average', distribution: 'uniform' },
  glorotNormal: { scale: 1, fan: 'average', distribution: 'truncatedNormal' },
  heUniform: { scale: 2, fan: 'in', distribution: 'uniform' },
  heNormal: { scale: 2, fan: 'in', distribution: 'truncatedNormal' },
  lecunNormal: { scale: 1, fan: 'in', distribution: 'truncatedNormal' },
} as const;

function drawValues(init: Initializer, shape: readonly number[], random: Random): Float32Array {
  const size = elementCount(shape);
  const draw = (next: () => number) => Float32Array.from({ length: size }, next);
  switch (init.type) {
    case 'zeros':
      return new Float32Array(size);
    case 'ones':
      return new Float32Array(size).fill(1);
    case 'unitForgetBias':
      return new Float32Array(size).fill(1, size / 4, size / 2);
    case 'constant':
      return new Float32Array(size).fill(init.value);
    case 'randomNormal':
      return draw(() => init.mean + init.stddev * random.normal());
    case 'randomUniform':
      return draw(() => init.min + (init.max - init.min) * random.uniform());
    case 'orthogonal':
      return orthogonal(shape, init.gain, random);
    default:
      return draw(scaled(scaling[init.type], shape, random));
  }
}

/** Standard deviation of a standard normal that is cut off at ±2. */
const truncatedDeviation = 0.87962566103423978;

function scaled(
  { scale, fan, distribution }: (typeof scaling)[keyof typeof scaling],
  shape: readonly number[],
  random: Random,
): () => number {
  const { fanIn, fanOut } = computeFans(shape);
  const variance = scale / Math.max(1, fan === 'in' ? fanIn : (fanIn + fanOut) / 2);
  if (distribution === 'uniform') {
    const limit = Math.sqrt(3 * variance);
    return () => limit * (2 * random.uniform() - 1);
  }
  const deviation = Math.sqrt(variance) / truncatedDeviation;
  return () => deviation * truncatedNormal(random);
}

/** A standard normal number within ±2, by rejection, as TensorFlow draws it. */
function truncatedNormal(random: Random): number {
  let value = random.normal();
  while (Math.abs(value) > 2) value = random.normal();
  return value;
}

/** Keras' `compute_fans`: kernels are `[…window, in, out]`. */
export function computeFans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const [first = 1] = shape;
  if (shape.length < 2) return { fanIn: first, fanOut: first };
  const field = elementCount(shape.slice(0, -2));
  return { fanIn: field * (shape.at(-2) ?? 1), fanOut: field * (shape.at(-1) ?? 1) };
}
