import type * as tfjs from '@tensorflow/tfjs-core';
import { lookupOp } from '../../src-shared/ops/catalog';
import { isRefList, type Program, refKey, type StateId, type Step, type ValueRef } from '../../src-shared/ops/program';
import { ProgramBuilder } from '../../src-shared/ops/program-builder';
import type { TensorData, TensorType } from '../../src-shared/ops/tensor';

/** A program whose weights are loaded: feeds in, outputs out. */
export interface LoadedProgram {
  run(feeds: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
}

/** Prepares a lowered program without texts to be walked with tfjs, op by op. */
export function loadProgram(
  tf: typeof tfjs,
  program: Program,
  weights: Readonly<Record<StateId, TensorData>>,
): LoadedProgram {
  const types = ProgramBuilder.from(program, lookupOp);
  const state = new Map(Object.entries(weights).map(([id, weight]) => [id, toTensor(tf, weight)]));
  return {
    run: async (feeds) => {
      const fed = new Map(Object.entries(feeds).map(([name, value]) => [name, toTensor(tf, value)]));
      const outputs = tf.tidy(() => walk(program, { tf, types, state, feeds: fed }));
      const read = Object.entries(outputs).map(async ([name, tensor]) => [name, await fromTensor(tensor)] as const);
      const results = Object.fromEntries(await Promise.all(read));
      tf.dispose([...fed.values(), ...Object.values(outputs)]);
      return results;
    },
  };
}

interface Walk {
  readonly tf: typeof tfjs;
  readonly types: ProgramBuilder;
  readonly state: ReadonlyMap<StateId, tfjs.Tensor>;
  readonly feeds: ReadonlyMap<string, tfjs.Tensor>;
}

function walk(program: Program, context: Walk): Record<string, tfjs.Tensor> {
  const values = new Map<string, tfjs.Tensor>();
  const take = (ref: ValueRef) => present(values.get(refKey(ref)), refKey(ref));
  for (const step of program.steps) {
    for (const [output, tensor] of Object.entries(runStep(step, take, context))) {
      if (tensor) values.set(refKey({ step: step.id, output }), tensor);
    }
  }
  // A copy, so that an output which is a weight or a feed can be disposed of like any other.
  return Object.fromEntries(Object.entries(program.outputs).map(([name, ref]) => [name, take(ref).clone()]));
}

function runStep(
  step: Step,
  take: (ref: ValueRef) => tfjs.Tensor,
  { tf, types, state, feeds }: Walk,
): Partial<Record<string, tfjs.Tensor>> {
  const { tfjs: run } = lookupOp(step.op);
  if (typeof run !== 'function') throw new Error(`The op "${step.op}" has no meaning in tfjs.`);
  const inputs = Object.entries(step.inputs).map(([name, input]) => [
    name,
    isRefList(input) ? input.map(take) : take(input),
  ]);
  const outputs: Record<string, TensorType> = {};
  for (const [name, value] of Object.entries(types.outputsOf(step))) outputs[name] = value.type;
  // The catalogue erases input names; the program builder has proved that the step has them.
  return run(tf, Object.fromEntries(inputs) as never, {
    attrs: step.attrs,
    outputs,
    feed: (name) => present(feeds.get(name), name),
    state: {
      read: (id) => present(state.get(id), id),
      write: () => {
        throw new Error('A served model does not change its state.');
      },
    },
  });
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The program reads ${what}, which is not there.`);
  return value;
}

/** tfjs holds whole numbers as int32 and has no half precision. */
function toTensor(tf: typeof tfjs, { dtype, shape, data }: TensorData): tfjs.Tensor {
  const size = [...shape];
  if (dtype === 'string') return tf.tensor(data as string[], size, 'string');
  if (dtype === 'bool') return tf.tensor(Uint8Array.from(data as Uint8Array), size, 'bool');
  const numbers = data as Exclude<TensorData['data'], string[]>;
  if (dtype === 'int32' || dtype === 'int64' || dtype === 'uint8') {
    return tf.tensor(numbers instanceof Int32Array ? numbers : Int32Array.from(numbers, Number), size, 'int32');
  }
  return tf.tensor(numbers instanceof Float32Array ? numbers : Float32Array.from(numbers, Number), size, 'float32');
}

async function fromTensor(tensor: tfjs.Tensor): Promise<TensorData> {
  const data = await tensor.data();
  const dtype = tensor.dtype === 'int32' || tensor.dtype === 'bool' ? tensor.dtype : 'float32';
  return { dtype, shape: tensor.shape, data: data.slice() };
}
