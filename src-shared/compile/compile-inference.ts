import { lookupOp } from '../ops/catalog';
import type { Program, StepProgram } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import { finishEntries, restoreEntry, snapshotEntry } from './entries';
import { lower } from './passes/lower';
import { addPhase } from './phases';

/**
 * Compiles a program for prediction alone: entries `init` (= `restore`: feed every state by its id), `predict`
 * (feeds the inputs, fetches the outputs) and `snapshot`.
 */
export function compileInference(program: Program): StepProgram {
  const b = ProgramBuilder.from({ state: program.state, steps: [], functions: program.functions }, lookupOp);
  const { outputs } = addPhase(b, lower(program, { phase: 'infer' }, lookupOp));
  const restore = restoreEntry(b);
  return finishEntries(b, {
    predict: { fetches: outputs },
    snapshot: snapshotEntry(b),
    init: restore,
    restore,
  });
}
