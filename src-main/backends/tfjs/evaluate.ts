import * as tf from '@tensorflow/tfjs-core';
import type { TfjsState } from '../../../src-shared/ops/define-op';
import type { Program, StateId } from '../../../src-shared/ops/program';
import type { OpLookup } from '../../../src-shared/ops/program-builder';
import type { TensorData } from '../../../src-shared/ops/tensor';
import { startBackends } from './backends';
import { ProgramWalk } from './program-walk';
import { fromTensor, toTensor } from './tensors';

/** Computes a program once on tfjs' cpu backend. */
export async function evaluatePortably(
  program: Program,
  inputs: Readonly<Record<string, TensorData>>,
  { lookup, weights }: { readonly lookup: OpLookup; readonly weights: Readonly<Record<StateId, TensorData>> },
): Promise<Record<string, TensorData>> {
  await startBackends();
  const walk = new ProgramWalk(program, lookup);
  const steps = walk.needed(Object.values(program.outputs).map(({ step }) => step));
  const results: Record<string, TensorData> = {};
  tf.tidy(() => {
    const read = walk.run(steps, { state: constants(weights), feed: (name) => toTensor(given(inputs, name)) });
    for (const [name, ref] of Object.entries(program.outputs)) {
      results[name] = fromTensor(read(ref), walk.typeOf(ref).dtype);
    }
  });
  return results;
}

function constants(weights: Readonly<Record<StateId, TensorData>>): TfjsState {
  return {
    read: (id) => toTensor(given(weights, id)),
    write: (id) => {
      throw new Error(`An evaluation does not change the state ${id}.`);
    },
  };
}

function given(values: Readonly<Record<string, TensorData>>, name: string): TensorData {
  const value = values[name];
  if (!value) throw new Error(`No value is given for "${name}".`);
  return value;
}
