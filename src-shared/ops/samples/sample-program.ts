import { createRandom, deriveSeed, type Random } from '../../random';
import { type InputSpec, inputSpecs, type OpDefinition, type Sample, type SampleTensor } from '../define-op';
import type { Dim } from '../dims';
import type { Program, StateId, Value } from '../program';
import { type OpLookup, ProgramBuilder } from '../program-builder';
import { type DType, elementCount, type TensorArray, type TensorData, type TensorType } from '../tensor';

/** A program of the one op, ready to be run. Its outputs are called `y.result`, after the op's. */
export interface SampleProgram {
  readonly program: Program;
  readonly inputs: Readonly<Record<string, TensorData>>;
  readonly weights: Readonly<Record<StateId, TensorData>>;
  /** What the symbols of the sample's shapes stand for. */
  readonly symbols: Readonly<Record<string, number>>;
}

/** Puts one op with one of its samples into a program. Numbers are seeded by the op's name and the sample's place. */
export function sampleProgram(definition: OpDefinition, place: number, lookup: OpLookup): SampleProgram {
  const sample = sampleAt(definition, place);
  const b = new ProgramBuilder(lookup);
  const fed = fedTensors(definition, sample);
  const values = Object.fromEntries(fed.map(({ name, tensor }) => [name, b.input(name, declaredType(tensor))]));
  for (const [id, type] of stateTypes(definition, sample)) b.declare({ id, type, init: { type: 'zeros' } });
  const isFeed = definition.name === 'feed';
  const outputs = isFeed
    ? { y: b.input(String(sample.attrs?.name), attributeType(sample)) }
    : b.op(definition.name, gather(definition, values), sample.attrs);
  const data = fed.map(({ name, tensor }) => [name, fillTensor(tensor, [definition.name, place, name])]);
  if (isFeed) data.push([String(sample.attrs?.name), random(attributeType(sample), definition.name)]);
  return {
    program: b.build(Object.fromEntries(Object.entries(outputs).map(([name, value]) => [`${name}.result`, value]))),
    inputs: Object.fromEntries(data),
    weights: Object.fromEntries(stateTypes(definition, sample).map(([id, type]) => [id, random(type, id)])),
    symbols: Object.fromEntries(fed.flatMap(({ tensor }) => symbolsOf(tensor))),
  };
}

export function sampleAt(definition: OpDefinition, place: number): Sample {
  const sample = definition.samples[place];
  if (!sample) throw new Error(`The op "${definition.name}" has no sample ${place}.`);
  return sample;
}

/** Seeded numbers for a tensor: `what` says for which. */
export function fillTensor(tensor: SampleTensor, what: readonly (string | number)[]): TensorData {
  const { shape, dtype = 'float32', fill = 'normal' } = tensor;
  const count = elementCount(shape);
  const random = createRandom(deriveSeed(1, ...what));
  if (typeof fill !== 'string') return { dtype, shape, data: arrayOf(dtype, fill) };
  const scale = 1 / Math.sqrt(shape.length < 2 ? 1 : Math.max(1, count / (shape.at(-1) ?? 1)));
  const values = Array.from({ length: count }, (_, i) => draw(random, { fill, scale, share: i / count }));
  return { dtype, shape, data: arrayOf(dtype, fill === 'distinct' ? random.shuffle(values) : values) };
}

function draw(random: Random, { fill, scale, share }: { fill: string; scale: number; share: number }): number {
  if (fill === 'distinct') return 4 * share - 2;
  if (fill === 'uniform') return random.uniform();
  return fill === 'positive' ? Math.abs(random.normal()) + 0.5 : random.normal() * scale;
}

/** States hold numbers a little above one half, so that a mean square is above the square of a mean. */
function random({ dtype, shape }: TensorType, what: string): TensorData {
  const sizes = shape.map(Number);
  const { uniform } = createRandom(deriveSeed(1, what));
  const fill = Array.from({ length: elementCount(sizes) }, () => (dtype === 'float32' ? 0.5 + uniform() / 10 : 3));
  return fillTensor({ dtype, shape: sizes, fill }, [what]);
}

function arrayOf(dtype: DType, values: readonly number[] | readonly string[]): TensorArray {
  if (dtype === 'string') return values.map(String);
  const numbers = values.map(Number);
  if (dtype === 'int32') return Int32Array.from(numbers);
  return dtype === 'uint8' || dtype === 'bool' ? Uint8Array.from(numbers) : Float32Array.from(numbers);
}

interface Fed {
  readonly name: string;
  readonly tensor: SampleTensor;
}

function fedTensors(definition: OpDefinition, { inputs }: Sample): Fed[] {
  return inputSpecs(definition).flatMap((spec) => {
    const given = inputs[spec.name];
    if (given === undefined) return [];
    return isList(given)
      ? given.map((tensor, i) => ({ name: `${spec.name}.${i}`, tensor }))
      : [{ name: spec.name, tensor: given }];
  });
}

/** The values as the op's inputs: those of a variadic one, `xs.0`, `xs.1`, as a list. */
function gather(definition: OpDefinition, values: Readonly<Record<string, Value>>) {
  const pick = ({ name, variadic }: InputSpec) =>
    variadic ? Object.keys(values).flatMap((key) => (key.startsWith(`${name}.`) ? [values[key]] : [])) : values[name];
  // Samples give every input that is not optional; the builder checks that.
  return Object.fromEntries(inputSpecs(definition).map((spec) => [spec.name, pick(spec) as Value]));
}

/** The states that an op names: those of an effect have the shape of what it is given. */
export function stateTypes(definition: OpDefinition, sample: Sample): [StateId, TensorType][] {
  if (definition.name === 'readState') return [[String(sample.attrs?.state), attributeType(sample)]];
  const first = sample.inputs[inputSpecs(definition)[0]?.name ?? ''];
  if (!definition.effect || !first || isList(first)) return [];
  const ids = Object.values(sample.attrs ?? {}).filter((value) => typeof value === 'string');
  return ids.map((id) => [id, { dtype: first.dtype ?? 'float32', shape: first.shape }]);
}

/** The type that the attributes of `feed` and `readState` say. */
function attributeType({ attrs }: Sample): TensorType {
  // Their samples carry these two.
  return { dtype: attrs?.dtype as DType, shape: attrs?.shape as readonly Dim[] };
}

function declaredType({ dtype = 'float32', shape, declared = shape }: SampleTensor): TensorType {
  return { dtype, shape: declared };
}

function symbolsOf({ shape, declared = [] }: SampleTensor): [string, number][] {
  return declared.flatMap((dim, axis) => (typeof dim === 'string' ? [[dim, shape[axis] ?? 0]] : []));
}

function isList(given: SampleTensor | readonly SampleTensor[]): given is readonly SampleTensor[] {
  return Array.isArray(given);
}
