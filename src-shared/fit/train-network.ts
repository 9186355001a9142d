import { validationName } from '../compile/metrics/measure-name';
import type { StateId, StepProgram } from '../ops/program';
import type { TensorData } from '../ops/tensor';
import type { Problem } from '../problem';
import type { Precision, Programs, Session } from '../runs/run-context';
import { openOverTable } from './batch-source';
import { type EarlyStoppingSettings, type EarlyStoppingState, noneYet, watchEpoch } from './early-stopping';
import { epochOrder, readingOrder } from './epoch-order';
import type { BatchSource, FeedColumn } from './feed-columns';
import { isFiniteState } from './finite-state';
import { Pace } from './pace';

export type Weights = Readonly<Record<StateId, TensorData>>;
type Metrics = Readonly<Record<string, number>>;

export interface TrainingPlan {
  readonly program: StepProgram;
  /** Every state's first value. */
  readonly initial: Weights;
  /** Inputs and target, for every row of the table. */
  readonly columns: readonly FeedColumn[];
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
  readonly epochs: number;
  readonly batchSize: number;
  /** Rows that are validated at a time. */
  readonly evaluationBatch?: number;
  /** float32 where it is absent. */
  readonly precision?: Precision;
  /** Learning rate of optimizer step `step` (from 0) of `steps`. */
  readonly learningRate: (step: number, steps: number) => number;
  readonly earlyStopping?: EarlyStoppingSettings;
  /** Hand back the weights of the best epoch instead of the last one. */
  readonly keepBest?: EarlyStoppingSettings['monitor'];
  readonly seed: number;
}

export interface TrainingWatcher {
  readonly signal: AbortSignal;
  /** Seconds that only go forward. */
  readonly clock: () => number;
  /** After every optimizer step; the losses since the last call that was let through. */
  readonly onProgress: (progress: StepProgress) => void;
  readonly onEpoch: (epoch: EpochSummary) => void;
  /** With everything needed to go on from the end of this epoch. */
  readonly onCheckpoint?: (checkpoint: TrainingCheckpoint) => Promise<void>;
  /** The loss broke: the weights before it did, so that they are not lost with the run. */
  readonly onDiverged?: (lastGood: LastGood) => Promise<void>;
  /** Something that a person should know; training goes on. */
  readonly onWarning?: (warning: Problem) => void;
  /** Where an earlier run of the same step stopped. */
  readonly resumeFrom?: TrainingCheckpoint;
}

export interface StepProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  readonly loss: readonly number[];
  readonly metrics: Metrics;
  readonly rate: number;
  readonly remaining: number;
}

export interface EpochSummary {
  readonly epoch: number;
  readonly metrics: Metrics;
  readonly seconds: number;
}

export interface TrainingCheckpoint {
  readonly epoch: number;
  readonly state: Weights;
  readonly stopping: EarlyStoppingState;
  readonly best: BestEpoch | null;
  readonly history: readonly EpochSummary[];
}

interface BestEpoch {
  readonly epoch: number;
  readonly value: number;
  readonly state: Weights;
}

export interface TrainingResult {
  readonly state: Weights;
  readonly history: readonly EpochSummary[];
}

/** What a step needs so that a loss that is not a number can be traced to its layer. */
export interface LastGood {
  readonly state: Weights;
  readonly epoch: number;
  readonly step: number;
}

/** The loss, or a weight, was not a finite number; caught by the caller, who finds the layer and says it in words. */
export class LossNotFinite extends Error {
  readonly epoch: number;
  readonly step: number;
  readonly lastGood: LastGood;
  constructor(at: { epoch: number; step: number; lastGood: LastGood }) {
    super(`The loss is not a finite number at step ${at.step} of epoch ${at.epoch}.`);
    this.name = 'LossNotFinite';
    this.epoch = at.epoch;
    this.step = at.step;
    this.lastGood = at.lastGood;
  }
}

/** How many optimizer steps may have to be replayed to find the layer that broke. */
const stepsBetweenSnapshots = 500;
const secondsBetweenReports = 0.1;

/** Mini-batch training of one step program: epochs, validation, early stopping, best weights, checkpoints. */
export async function trainNetwork(
  plan: TrainingPlan,
  watcher: TrainingWatcher,
  programs: Programs,
): Promise<TrainingResult> {
  const { session, batches } = await openOverTable(programs, plan.program, plan);
  try {
    return await new Training(plan, watcher, { session, batches }).run();
  } finally {
    await session.close();
  }
}

class Training {
  private readonly plan: TrainingPlan;
  private readonly watcher: TrainingWatcher;
  private readonly session: Session;
  private readonly batches: BatchSource;
  private readonly steps: number;
  private readonly pace: Pace;
  private history: EpochSummary[] = [];
  private stopping: EarlyStoppingState = noneYet;
  private best: BestEpoch | null = null;
  private lastGood: LastGood;
  private losses: number[] = [];
  private reportedAt = 0;

  constructor(
    plan: TrainingPlan,
    watcher: TrainingWatcher,
    { session, batches }: { readonly session: Session; readonly batches: BatchSource },
  ) {
    this.plan = plan;
    this.watcher = watcher;
    this.session = session;
    this.batches = batches;
    this.steps = Math.ceil(plan.trainRows.length / plan.batchSize);
    this.pace = new Pace(plan.trainRows.length * plan.epochs);
    this.lastGood = { state: plan.initial, epoch: 1, step: 0 };
  }

  async run(): Promise<TrainingResult> {
    const from = await this.start();
    for (let epoch = from; epoch <= this.plan.epochs; epoch++) {
      if (await this.runEpoch(epoch)) break;
    }
    return { state: this.best?.state ?? (await this.session.run('snapshot')), history: this.history };
  }

  /** Puts the first weights, or those of a checkpoint, into the session; returns the first epoch to run. */
  private async start(): Promise<number> {
    const checkpoint = this.watcher.resumeFrom;
    await this.session.run('init', checkpoint?.state ?? this.plan.initial);
    if (!checkpoint) return 1;
    this.history = [...checkpoint.history];
    this.stopping = checkpoint.stopping;
    this.best = checkpoint.best;
    this.lastGood = { state: checkpoint.state, epoch: checkpoint.epoch + 1, step: 0 };
    return checkpoint.stopping.waited >= (this.plan.earlyStopping?.patience ?? Number.POSITIVE_INFINITY)
      ? this.plan.epochs + 1
      : checkpoint.epoch + 1;
  }

  /** Returns whether training should stop after this epoch. */
  private async runEpoch(epoch: number): Promise<boolean> {
    const started = this.watcher.clock();
    const training = await this.trainEpoch(epoch);
    const validation = this.plan.validationRows.length > 0 ? await this.validate() : {};
    const metrics = { ...training, ...validation };
    const summary = { epoch, metrics, seconds: this.watcher.clock() - started };
    this.history.push(summary);
    this.watcher.onEpoch(summary);
    const stop = this.watchStopping(epoch, metrics);
    await this.keepBest(epoch, metrics);
    await this.saveCheckpoint(epoch);
    return stop;
  }

  private async trainEpoch(epoch: number): Promise<Metrics> {
    const { plan, session, batches, steps } = this;
    const order = epochOrder(plan.trainRows, { seed: plan.seed, epoch }, batches.disk);
    const totals = new Totals();
    let pending: Promise<Record<string, TensorData>> | undefined;
    let size = 0;
    for (let step = 0; step <= steps; step++) {
      // The next batch is gathered while the library works on this one.
      const from = step * plan.batchSize;
      const to = Math.min(order.length, from + plan.batchSize);
      const next = step < steps ? batches.read(order, from, to) : undefined;
      // It is waited for below; should the step before it fail, nobody is left to hear of it.
      if (next instanceof Promise) next.catch(() => undefined);
      if (pending) this.finishStep({ epoch, step, size, totals, result: await pending });
      pending = undefined;
      if (!next) break;
      this.watcher.signal.throwIfAborted();
      if (step > 0 && step % stepsBetweenSnapshots === 0) await this.keepLastGood({ epoch, step }, { epoch, step });
      size = to - from;
      const batch = next instanceof Promise ? await next : next;
      pending = session.run('step', { ...batch, learningRate: this.rateAt((epoch - 1) * steps + step) });
    }
    await this.keepLastGood({ epoch: epoch + 1, step: 0 }, { epoch, step: steps });
    return totals.means();
  }

  private rateAt(step: number): TensorData {
    const rate = this.plan.learningRate(step, this.steps * this.plan.epochs);
    return { dtype: 'float32', shape: [], data: Float32Array.of(rate) };
  }

  private finishStep({ epoch, step, size, totals, result }: FinishedStep): void {
    const loss = Number(result.loss?.data[0]);
    if (!Number.isFinite(loss)) this.diverge({ epoch, step });
    totals.add(result, size);
    this.losses.push(loss);
    this.report(epoch, step, totals);
  }

  private report(epoch: number, step: number, totals: Totals): void {
    const now = this.watcher.clock();
    if (now - this.reportedAt < secondsBetweenReports && step < this.steps) return;
    this.reportedAt = now;
    const done = Math.min(this.plan.trainRows.length, step * this.plan.batchSize);
    const { rate, remaining } = this.pace.mark((epoch - 1) * this.plan.trainRows.length + done, now);
    const { epochs } = this.plan;
    const metrics = totals.means();
    this.watcher.onProgress({ epoch, epochs, step, steps: this.steps, loss: this.losses, metrics, rate, remaining });
    this.losses = [];
  }

  /** @param done the step that was finished last: infinite gradients break the weights before any loss tells of it */
  private async keepLastGood(next: { readonly epoch: number; readonly step: number }, done: StepPlace): Promise<void> {
    const state = await this.session.run('snapshot');
    if (!isFiniteState(state)) this.diverge(done);
    this.lastGood = { state, ...next };
  }

  private diverge({ epoch, step }: StepPlace): never {
    throw new LossNotFinite({ epoch, step, lastGood: this.lastGood });
  }

  private async validate(): Promise<Metrics> {
    const means = await evaluateRows(this.session, this.batches, {
      rows: this.plan.validationRows,
      size: this.plan.evaluationBatch ?? usualEvaluationBatch,
      signal: this.watcher.signal,
    });
    return Object.fromEntries(Object.entries(means).map(([name, value]) => [validationName(name), value]));
  }

  private watchStopping(epoch: number, metrics: Metrics): boolean {
    const settings = this.plan.earlyStopping;
    const value = settings === undefined ? undefined : metrics[settings.monitor];
    if (!settings || value === undefined) return false;
    const { stop, best, bestEpoch, waited } = watchEpoch(this.stopping, { epoch, value, settings });
    this.stopping = { best, bestEpoch, waited };
    return stop;
  }

  private async keepBest(epoch: number, metrics: Metrics): Promise<void> {
    const monitor = this.plan.keepBest;
    const value = monitor === undefined ? undefined : metrics[monitor];
    if (monitor === undefined || value === undefined) return;
    const before: EarlyStoppingState = { best: this.best?.value ?? null, bestEpoch: this.best?.epoch ?? 0, waited: 0 };
    if (watchEpoch(before, { epoch, value, settings: { monitor, patience: 0, minDelta: 0 } }).improved) {
      this.best = { epoch, value, state: this.lastGood.state };
    }
  }

  private async saveCheckpoint(epoch: number): Promise<void> {
    const { stopping, best } = this;
    const history = [...this.history];
    await this.watcher.onCheckpoint?.({ epoch, state: this.lastGood.state, stopping, best, history });
  }
}

interface StepPlace {
  readonly epoch: number;
  /** Steps finished in this epoch, this one included. */
  readonly step: number;
}

interface FinishedStep extends StepPlace {
  readonly size: number;
  readonly totals: Totals;
  readonly result: Readonly<Record<string, TensorData>>;
}

/**
 * Running means over batches. A loss is a mean over its batch; every other fetch is a sum over it.
 */
export class Totals {
  private readonly sums = new Map<string, number>();
  private examples = 0;

  add(result: Readonly<Record<string, TensorData>>, size: number): void {
    this.examples += size;
    for (const [name, { data }] of Object.entries(result)) {
      const value = Number(data[0]);
      this.sums.set(name, (this.sums.get(name) ?? 0) + (isLoss(name) ? value * size : value));
    }
  }

  means(): Metrics {
    return Object.fromEntries([...this.sums].map(([name, sum]) => [name, sum / Math.max(1, this.examples)]));
  }
}

export const usualEvaluationBatch = 500;

/** Means of the `evaluate` entry's fetches over some rows. */
export async function evaluateRows(
  session: Session,
  batches: BatchSource,
  { rows, size, signal }: { readonly rows: Int32Array; readonly size: number; readonly signal: AbortSignal },
): Promise<Metrics> {
  const totals = new Totals();
  const order = readingOrder(rows, batches.disk)?.map((at) => rows[at] ?? 0) ?? rows;
  for (let from = 0; from < order.length; from += size) {
    signal.throwIfAborted();
    const to = Math.min(order.length, from + size);
    totals.add(await session.run('evaluate', await batches.read(order, from, to)), to - from);
  }
  return totals.means();
}

function isLoss(name: string): boolean {
  return name === 'loss' || name.startsWith('loss/');
}
