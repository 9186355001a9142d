import { initialState } from '../compile/initializers';
import { lookupLoss } from '../compile/losses/catalog';
import { cutDoubles } from '../compile/passes/cut-doubles';
import { cutLookups } from '../compile/passes/cut-lookups';
import { learningRateAt } from '../compile/schedules/catalog';
import type { Hash } from '../hash';
import { lookupOp } from '../ops/catalog';
import type { Program } from '../ops/program';
import { fail, ProblemError, problem } from '../problem';
import { deriveSeed } from '../random';
import type { FittedRecipe } from '../recipe/define-step';
import { fitRecipe } from '../recipe/fit-recipe';
import type { OpenTable, Programs } from '../runs/run-context';
import type { Estimator, Predictor, TabularValue } from '../runs/values';
import type { Column } from '../types/ports';
import { bfloat16Effect } from './bfloat16-effect';
import { checkMemory, evaluationBatch } from './check-memory';
import { compileEstimator, settingsOf } from './compile-estimator';
import { explainLoss } from './explain-loss';
import { type FeedColumn, isHeld } from './feed-columns';
import { hostFeeds } from './host-feeds';
import { loneRowWarning } from './lone-row';
import { outputTypeOf } from './output-type';
import { composePredictor, type PredictorPrograms } from './predictor-program';
import { readFeeds } from './read-feeds';
import { readTruth, scaleTarget, targetColumn, targetFeed } from './target';
import {
  type EpochSummary,
  LossNotFinite,
  type TrainingPlan,
  type TrainingWatcher,
  trainNetwork,
  type Weights,
} from './train-network';

export interface FitRequest {
  readonly estimator: Estimator;
  readonly dataset: TabularValue;
  readonly datasetHash: Hash;
  readonly open: OpenTable;
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
  readonly seed: number;
  readonly programs: Programs;
  readonly watcher: TrainingWatcher;
}

export interface FitResult {
  readonly predictor: Predictor;
  readonly history: readonly EpochSummary[];
}

/**
 * `fit(estimator, dataset, seed) → model`: fits the value steps on the training rows, compiles steps and model to
 * one program and trains it. Training, cross-validation and all that makes models of networks call it.
 * @throws ProblemError `no-training-rows`, `no-target`, `missing-target`, `input-shape-mismatch`, `loss-not-finite`,
 * `gradients-not-finite`, `batch-does-not-fit`, `model-does-not-fit`,
 * and what the recipe and the compiler find
 */
export async function fitEstimator(request: FitRequest): Promise<FitResult> {
  const { estimator, open, trainRows, programs } = request;
  if (trainRows.length === 0) fail('no-training-rows', {}, { port: 'dataset' });
  const target = targetColumn(open.columns);
  const recipe = await fitRecipe(open, request.dataset.steps, trainRows);
  const composed = composePredictor(estimator.program, recipe, { task: estimator.task, target: target.name });
  const plan = await planTraining(request, { recipe, target, program: cutLookups(composed.trained).program });
  checkMemory(plan, programs);
  const warning = loneRowWarning(composed.trained, { rows: trainRows.length, batchSize: plan.batchSize });
  if (warning) request.watcher.onWarning?.(warning);
  if (plan.precision === 'mixedBfloat16' && !programs.runner.hasBfloat16)
    request.watcher.onWarning?.(problem('bfloat16-not-here', {}, { severity: 'warning', param: 'precision' }));
  const { state, history } = await trainOrExplain(plan, request.watcher, programs);
  const effect = await bfloat16Effect(plan, { state, programs, signal: request.watcher.signal });
  if (effect) request.watcher.onWarning?.(effect);
  return { history, predictor: toPredictor(request, { composed, recipe, target, state, history }) };
}

async function planTraining(
  request: FitRequest,
  { recipe, target, program }: { readonly recipe: FittedRecipe; readonly target: Column; readonly program: Program },
): Promise<TrainingPlan> {
  const { estimator, open, seed, programs } = request;
  const settings = settingsOf(estimator);
  const { loss, optimizer, schedule } = settings;
  const cut = cutDoubles(program, lookupOp);
  const batchSize = Math.min(settings.batchSize, request.trainRows.length);
  const stepProgram = compileEstimator(
    estimator,
    { program: cut.program, seed },
    { runner: programs.runner, batchSize },
  );
  const type = lookupLoss(loss).targetType(outputTypeOf(cut.program));
  const features = hostFeeds(cut, await readFeeds(open, program.inputs));
  const columns = [...features, await readTargetFeed(request, { recipe, target, type })];
  return {
    program: stepProgram,
    initial: initialState(stepProgram, deriveSeed(seed, 'weights')),
    columns,
    trainRows: request.trainRows,
    validationRows: request.validationRows,
    epochs: settings.epochs,
    batchSize,
    evaluationBatch: evaluationBatch(stepProgram, batchSize, columns.every(isHeld) ? 'held' : 'onDisk'),
    precision: settings.precision,
    learningRate: learningRateAt(schedule, optimizer.learningRate),
    ...(settings.earlyStopping.type === 'on' ? { earlyStopping: settings.earlyStopping } : {}),
    ...(settings.bestWeights.type === 'best' ? { keepBest: settings.bestWeights.monitor } : {}),
    seed,
  };
}

async function readTargetFeed(
  { open, trainRows, validationRows, estimator }: FitRequest,
  {
    recipe,
    target,
    type,
  }: { readonly recipe: FittedRecipe; readonly target: Column; readonly type: Parameters<typeof targetFeed>[0] },
): Promise<FeedColumn> {
  const rows = Int32Array.from([...trainRows, ...validationRows]);
  const truth = await readTruth(open, target, { rows, task: estimator.task });
  return targetFeed(type, estimator.task === 'regression' ? scaleTarget(truth, { recipe, target }) : truth);
}

async function trainOrExplain(
  plan: TrainingPlan,
  watcher: TrainingWatcher,
  programs: Programs,
): Promise<{ readonly state: Weights; readonly history: readonly EpochSummary[] }> {
  try {
    return await trainNetwork(plan, watcher, programs);
  } catch (error) {
    if (!(error instanceof LossNotFinite)) throw error;
    await watcher.onDiverged?.(error.lastGood);
    throw new ProblemError(await explainLoss(error, plan, programs));
  }
}

interface Fitted {
  readonly composed: PredictorPrograms;
  readonly recipe: FittedRecipe;
  readonly target: Column;
  readonly state: Weights;
  readonly history: readonly EpochSummary[];
}

function toPredictor({ estimator, dataset, datasetHash }: FitRequest, fitted: Fitted): Predictor {
  const program = fitted.composed.predictor;
  const weights = Object.fromEntries(
    program.state.flatMap(({ id }) => {
      const tensor = fitted.state[id];
      return tensor ? [[id, tensor] as const] : [];
    }),
  );
  return {
    task: estimator.task,
    ...(estimator.task === 'classification' ? { classes: fitted.target.classes ?? [] } : {}),
    target: fitted.target.name,
    recipe: fitted.recipe,
    artefact: { kind: 'program', program, weights },
    metrics: fitted.history.at(-1)?.metrics ?? {},
    trainedOn: { dataset, hash: datasetHash },
  };
}
