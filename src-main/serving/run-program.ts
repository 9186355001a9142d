import * as tf from '@tensorflow/tfjs-core';
import { lookupOp } from '../../src-shared/ops/catalog';
import type { Program, StateId } from '../../src-shared/ops/program';
import type { TensorData } from '../../src-shared/ops/tensor';
import { ProgramWalk } from '../backends/tfjs/program-walk';
import { fromTensor, toTensor } from '../backends/tfjs/tensors';

/** A program whose weights are loaded: feeds in, outputs out. */
export interface LoadedProgram {
  run(feeds: Readonly<Record<string, TensorData>>): Record<string, TensorData>;
}

/** Prepares a lowered program without texts to be walked on the backend that tfjs has chosen, weights kept there. */
export function loadProgram(program: Program, weights: Readonly<Record<StateId, TensorData>>): LoadedProgram {
  const walk = new ProgramWalk(program, lookupOp);
  const outputs = Object.entries(program.outputs);
  const steps = walk.needed(outputs.map(([, { step }]) => step));
  const state = new Map(program.state.map(({ id }) => [id, toTensor(present(weights[id], id))]));
  const constants = {
    read: (id: StateId) => present(state.get(id), id),
    write: () => {
      throw new Error('A served model does not change its state.');
    },
  };
  return {
    run: (feeds) => {
      const results: Record<string, TensorData> = {};
      tf.tidy(() => {
        const feed = (name: string) => toTensor(present(feeds[name], name));
        const read = walk.run(steps, { state: constants, feed });
        for (const [name, ref] of outputs) results[name] = fromTensor(read(ref), walk.typeOf(ref).dtype);
      });
      return results;
    },
  };
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The program reads ${what}, which is not there.`);
  return value;
}
