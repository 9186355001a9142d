import { compileTraining } from '../compile/compile-training';
import type { Program, StepProgram } from '../ops/program';
import { deriveSeed } from '../random';
import type { RunnerInfo } from '../runs/run-context';
import type { Objective } from '../types/objective';
import type { TrainingParams } from './training-params';

/** Where a program is trained, and on how many rows at a time. */
export interface TrainingPlace {
  readonly runner: RunnerInfo;
  readonly batchSize: number;
}

interface Trained {
  readonly program: Program;
  readonly objectives: readonly Objective[];
  readonly training: Pick<TrainingParams, 'optimizer' | 'clip'>;
  readonly seed: number;
}

/** The training program of a network, as the estimator's settings have it. */
export function compileEstimator(
  { program, objectives, training: { optimizer, clip }, seed }: Trained,
  { runner: { threads }, batchSize }: TrainingPlace,
): StepProgram {
  return compileTraining({
    program,
    objectives: objectives.map(({ output, target, loss, weight, metrics }) => {
      return { output, loss, weight, metrics, ...('value' in target ? { target: target.value } : {}) };
    }),
    optimizer,
    clip,
    seed: deriveSeed(seed, 'masks'),
    ...(threads === undefined ? {} : { workload: { threads, batchSize } }),
  });
}
