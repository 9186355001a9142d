import { compileTraining } from '../compile/compile-training';
import { lookupLoss } from '../compile/losses/catalog';
import type { Program, StepProgram } from '../ops/program';
import { deriveSeed } from '../random';
import type { RunnerInfo } from '../runs/run-context';
import type { Estimator } from '../runs/values';
import type { TrainingParams } from './training-params';

/** Estimators are made by nodes whose params are `trainingParams`, checked when the document was loaded. */
export function settingsOf(estimator: Estimator): TrainingParams {
  return estimator.training as unknown as TrainingParams;
}

/** Where a program is trained, and on how many rows at a time. */
export interface TrainingPlace {
  readonly runner: RunnerInfo;
  readonly batchSize: number;
}

/** The training program of a network, as the estimator's settings have it. */
export function compileEstimator(
  estimator: Estimator,
  { program, seed }: { readonly program: Program; readonly seed: number },
  { runner: { threads }, batchSize }: TrainingPlace,
): StepProgram {
  const { loss, optimizer, clip } = settingsOf(estimator);
  return compileTraining({
    program,
    loss,
    optimizer,
    clip,
    metrics: metricsFor(loss),
    seed: deriveSeed(seed, 'masks'),
    ...(threads === undefined ? {} : { workload: { threads, batchSize } }),
  });
}

/** What the live chart and the journal show beside the loss. */
function metricsFor(loss: string): string[] {
  if (lookupLoss(loss).task === 'regression') return ['meanAbsoluteError'];
  return [loss === 'binaryCrossentropy' ? 'binaryAccuracy' : 'accuracy'];
}
