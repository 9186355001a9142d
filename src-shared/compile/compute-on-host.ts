import { evaluateShape, type Shape } from '../ops/dims';
import { isRefList, type Program, refKey, type Step } from '../ops/program';
import { type OpLookup, ProgramBuilder } from '../ops/program-builder';
import { type DType, elementCount, type TensorData } from '../ops/tensor';

type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array;

interface HostValue {
  readonly shape: readonly number[];
  readonly data: Numbers;
}

/**
 * Computes a part that `cutDoubles` cut off, element by element, each value in its own element type.
 * @param feeds by the names of the program's inputs, all of as many rows
 */
export function computeOnHost(
  program: Program,
  feeds: Readonly<Record<string, TensorData>>,
  lookup: OpLookup,
): Record<string, TensorData> {
  const types = ProgramBuilder.from(program, lookup);
  const symbols = symbolsOf(program, feeds);
  const values = new Map<string, HostValue>();
  for (const step of program.steps) {
    for (const value of Object.values(types.outputsOf(step))) {
      const type = { dtype: value.type.dtype, shape: evaluateShape(value.type.shape, symbols) };
      values.set(refKey(value), computeStep(step, { type, values, feeds, lookup }));
    }
  }
  return Object.fromEntries(
    Object.entries(program.outputs).map(([name, ref]) => {
      const { shape, data } = computed(values, refKey(ref));
      return [name, { dtype: types.typeOf(ref).dtype, shape, data }];
    }),
  );
}

interface StepContext {
  readonly type: { readonly dtype: DType; readonly shape: readonly number[] };
  readonly values: ReadonlyMap<string, HostValue>;
  readonly feeds: Readonly<Record<string, TensorData>>;
  readonly lookup: OpLookup;
}

function computeStep(step: Step, { type, values, feeds, lookup }: StepContext): HostValue {
  const { dtype, shape } = type;
  if (step.op === 'feed') return { shape, data: numbersOf(feeds[String(step.attrs.name)], dtype) };
  const data = emptyNumbers(dtype, elementCount(shape));
  if (step.op === 'const') {
    // A constant that is computed with holds numbers; JSON has no NaN and writes null for it.
    const numbers = step.attrs.values as readonly (number | null)[];
    numbers.forEach((value, i) => {
      data[i] = value ?? Number.NaN;
    });
    return { shape, data };
  }
  const { inDouble, inputs } = lookup(step.op);
  if (!inDouble) throw new Error(`The op "${step.op}" has no meaning on doubles.`);
  const given = inputs.flatMap((name) => {
    const ref = step.inputs[name];
    return ref && !isRefList(ref) ? [computed(values, refKey(ref))] : [];
  });
  fillElements(data, inDouble, { shape, inputs: given });
  if (dtype === 'bool') for (let i = 0; i < data.length; i++) data[i] = data[i] === 0 ? 0 : 1;
  return { shape, data };
}

/** One element after another; a loop for each number of inputs, since a call with a list costs several times as much. */
function fillElements(
  data: Numbers,
  op: (...numbers: number[]) => number,
  { shape, inputs }: { readonly shape: Shape; readonly inputs: readonly HostValue[] },
): void {
  const sizes = shape.map(Number);
  const [a, b, c] = inputs.map((input) => ({ data: input.data, at: placeIn(input.shape, sizes) }));
  if (!a) throw new Error('An op on doubles has an input.');
  for (let i = 0; i < data.length; i++) {
    const x = a.data[a.at(i)] ?? Number.NaN;
    if (!b) data[i] = op(x);
    else if (!c) data[i] = op(x, b.data[b.at(i)] ?? Number.NaN);
    else data[i] = op(x, b.data[b.at(i)] ?? Number.NaN, c.data[c.at(i)] ?? Number.NaN);
  }
}

/** Where in an input the element of an output lies, by NumPy's broadcasting; the same place where both are as large. */
function placeIn(input: readonly number[], output: readonly number[]): (i: number) => number {
  const count = elementCount(input);
  if (count === elementCount(output)) return (i) => i;
  if (count === 1) return () => 0;
  const missing = output.length - input.length;
  const axes = output.map((size, axis) => {
    const own = axis < missing ? 1 : (input[axis - missing] ?? 1);
    const stride = own === 1 ? 0 : elementCount(input.slice(axis - missing + 1));
    return { size, stride };
  });
  return (i) => {
    let rest = i;
    let at = 0;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const { size, stride } = axes[axis] ?? { size: 1, stride: 0 };
      at += (rest % size) * stride;
      rest = Math.floor(rest / size);
    }
    return at;
  };
}

function symbolsOf(program: Program, feeds: Readonly<Record<string, TensorData>>): Record<string, number> {
  const symbols: Record<string, number> = {};
  for (const [name, { shape }] of Object.entries(program.inputs)) {
    for (const [axis, dim] of shape.entries()) {
      if (typeof dim === 'string') symbols[dim] = feeds[name]?.shape[axis] ?? 0;
    }
  }
  return symbols;
}

function computed(values: ReadonlyMap<string, HostValue>, key: string): HostValue {
  const value = values.get(key);
  if (!value) throw new Error(`Nothing has been computed for ${key}.`);
  return value;
}

/** As the program asks for it: a number that is only nearly the one that was given is refused. */
function numbersOf(tensor: TensorData | undefined, dtype: DType): Numbers {
  if (!tensor) throw new Error('A host computes only what it is given.');
  const { data } = tensor;
  if (Array.isArray(data) || data instanceof BigInt64Array)
    throw new Error('Texts and int64 are not computed on a host.');
  if (tensor.dtype !== dtype) throw new Error(`A feed is ${tensor.dtype}, not ${dtype}.`);
  return data;
}

function emptyNumbers(dtype: DType, length: number): Numbers {
  if (dtype === 'float64') return new Float64Array(length);
  if (dtype === 'int32') return new Int32Array(length);
  return dtype === 'uint8' || dtype === 'bool' ? new Uint8Array(length) : new Float32Array(length);
}
