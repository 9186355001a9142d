import { entryMemory, stateMemory } from '../compile/entry-memory';
import { formatBytes } from '../number-text';
import { lookupOp } from '../ops/catalog';
import { fail } from '../problem';
import type { Programs } from '../runs/run-context';
import type { Estimator, NetworkEstimator } from '../runs/values';
import type { Objective } from '../types/objective';
import type { TableType } from '../types/ports';
import { bytesInside } from './batch-source';
import { compileEstimator } from './compile-estimator';
import { trainedOutputs } from './objectives';
import { type TrainingPlan, usualEvaluationBatch } from './train-network';

export interface TrainingMemory {
  /** Bytes that every batch size takes: states, their copies in this process, data that are kept inside. */
  readonly fixed: number;
  /** Bytes that a step of so many rows takes beside them. */
  readonly step: (batchSize: number) => number;
}

/** In this process beside the session's own: the last good state, the next one while it is read, and the best one. */
const copiesOfState = 3;

/** Of what is free; the rest is for the system and other programs. */
const share = 0.9;

/** Kernels lay values out anew for themselves, threads compute in another order, and the allocator leaves gaps. */
const roomBetween = 1.35;

/** What a training will take at most where it computes; measured peaks lie between a third of it and all of it. */
export function trainingMemory(
  plan: Pick<TrainingPlan, 'program' | 'columns'>,
  { onCard }: { readonly onCard: boolean },
): TrainingMemory {
  const copies = onCard ? 1 : 1 + copiesOfState;
  const values = entryMemory(plan.program, 'step', lookupOp);
  return {
    fixed: stateMemory(plan.program) * copies + bytesInside(plan.columns),
    step: (batchSize) => roomBetween * values(batchSize),
  };
}

/**
 * Refuses a training that does not fit in the memory where it computes, before it begins.
 * @throws ProblemError `batch-does-not-fit` with the largest batch size that would, `model-does-not-fit` where none does
 */
export function checkMemory(
  plan: Pick<TrainingPlan, 'program' | 'columns' | 'batchSize'>,
  { runner, freeMemory }: Programs,
): void {
  if (!freeMemory) return;
  const onCard = runner.device?.kind === 'gpu';
  const { fixed, step } = trainingMemory(plan, { onCard });
  const free = share * freeMemory();
  const { batchSize } = plan;
  const needed = fixed + step(batchSize);
  if (needed <= free) return;
  const values = { needed: formatBytes(needed), free: formatBytes(free), batchSize };
  const largest = largestBelow(batchSize, (size) => fixed + step(size) <= free);
  if (largest === 0) fail('model-does-not-fit', { needed: formatBytes(fixed + step(1)), free: values.free });
  const fix = { code: 'set-param', param: 'batchSize', to: largest } as const;
  fail('batch-does-not-fit', { ...values, largest }, { param: 'batchSize', fix });
}

/**
 * The same before a run, from the network alone: what its data take is not known yet.
 * @throws ProblemError as `checkMemory`
 */
export function checkEstimatorMemory(estimator: Estimator, dataset: TableType | undefined, programs: Programs): void {
  if (estimator.kind !== 'network') return;
  const { program, training } = estimator;
  const rows = dataset?.splits?.train ?? dataset?.rows;
  const batchSize = Math.min(training.batchSize, rows || Number.POSITIVE_INFINITY);
  const place = { runner: programs.runner, batchSize };
  const trained = { program, objectives: lossesOf(estimator), training, seed: 0 };
  checkMemory({ program: compileEstimator(trained, place), columns: [], batchSize }, programs);
}

/** What the targets are makes no difference to the memory of a step worth speaking of. */
function lossesOf(estimator: NetworkEstimator): Objective[] {
  return trainedOutputs(estimator).map(({ name, aim }) => {
    const loss = aim ? (aim.loss ?? 'meanSquaredError') : estimator.training.loss;
    return { output: name, target: aim?.target ?? { column: '' }, loss, weight: 1, metrics: [] };
  });
}

/** Bytes that an evaluation may take, however small a step is: where rows are held in memory, and where they are too many. */
const evaluationBytes = { held: 512e6, onDisk: 96e6 } as const;

type Rows = keyof typeof evaluationBytes;

/** Rows to evaluate at a time: the usual ones, or as many as take no more memory than a training step does. */
export function evaluationBatch(program: TrainingPlan['program'], batchSize: number, rows: Rows = 'held'): number {
  const most = Math.max(evaluationBytes[rows], entryMemory(program, 'step', lookupOp)(batchSize));
  return rowsWithin(program, 'evaluate', most);
}

/** Rows to predict at a time. */
export function predictionBatch(program: TrainingPlan['program'], rows: Rows): number {
  return rows === 'held' ? usualEvaluationBatch : rowsWithin(program, 'predict', evaluationBytes[rows]);
}

function rowsWithin(program: TrainingPlan['program'], entry: 'evaluate' | 'predict', bytes: number): number {
  const needed = entryMemory(program, entry, lookupOp);
  return Math.max(
    1,
    largestBelow(usualEvaluationBatch + 1, (size) => needed(size) <= bytes),
  );
}

/** The largest whole number from 1 to below `limit` that fits, by halving; 0 where none does. */
function largestBelow(limit: number, fits: (size: number) => boolean): number {
  let [low, high] = [0, limit];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
