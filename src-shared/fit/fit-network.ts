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
import type { NetworkEstimator, Predictor, TabularValue } from '../runs/values';
import { bfloat16Effect } from './bfloat16-effect';
import { checkMemory, evaluationBatch } from './check-memory';
import { compileEstimator } from './compile-estimator';
import { explainLoss } from './explain-loss';
import { type FeedColumn, isHeld } from './feed-columns';
import { hostFeeds } from './host-feeds';
import { loneRowWarning } from './lone-row';
import { type PlannedObjective, planObjectives, trainedOutputs } from './objectives';
import { outputTypesOf } from './output-type';
import { composePredictor, type PredictorPrograms } from './predictor-program';
import { readFeeds } from './read-feeds';
import { readTruth, scaleTarget, targetFeed } from './target';
import {
  type EpochSummary,
  LossNotFinite,
  type TrainingPlan,
  type TrainingWatcher,
  trainNetwork,
  type Weights,
} from './train-network';

export interface FitRequest {
  readonly estimator: NetworkEstimator;
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
 * Fits the value steps on the training rows, compiles steps and model to one program and trains it.
 * @throws ProblemError `no-training-rows`, `no-target`, `missing-target`, `input-shape-mismatch`, `loss-not-finite`,
 * `gradients-not-finite`, `batch-does-not-fit`, `model-does-not-fit`,
 * and what objectives, bindings, recipe and the compiler find
 */
export async function fitNetwork(request: FitRequest): Promise<FitResult> {
  const { estimator, open, trainRows, programs } = request;
  if (trainRows.length === 0) fail('no-training-rows', {}, { port: 'dataset' });
  const { training } = estimator;
  const objectives = planObjectives(trainedOutputs(estimator), { loss: training.loss, columns: open.columns });
  const recipe = await fitRecipe(open, request.dataset.steps, trainRows);
  const composed = composePredictor({ ...estimator, objectives }, recipe);
  const plan = await planTraining(request, { recipe, objectives, program: cutLookups(composed.trained).program });
  checkMemory(plan, programs);
  const warning = loneRowWarning(composed.trained, { rows: trainRows.length, batchSize: plan.batchSize });
  if (warning) request.watcher.onWarning?.(warning);
  if (plan.precision === 'mixedBfloat16' && !programs.runner.hasBfloat16)
    request.watcher.onWarning?.(problem('bfloat16-not-here', {}, { severity: 'warning', param: 'precision' }));
  const { state, history } = await trainOrExplain(plan, request.watcher, programs);
  const effect = await bfloat16Effect(plan, { state, programs, signal: request.watcher.signal });
  if (effect) request.watcher.onWarning?.(effect);
  return { history, predictor: toPredictor(request, { composed, recipe, state, history }) };
}

interface Planned {
  readonly recipe: FittedRecipe;
  readonly objectives: readonly PlannedObjective[];
  readonly program: Program;
}

async function planTraining(request: FitRequest, planned: Planned): Promise<TrainingPlan> {
  const { estimator, open, seed, programs } = request;
  const { training } = estimator;
  const { optimizer, schedule } = training;
  const { program, objectives } = planned;
  const batchSize = Math.min(training.batchSize, request.trainRows.length);
  const place = { runner: programs.runner, batchSize };
  const cut = cutDoubles(program, lookupOp);
  const stepProgram = compileEstimator({ program: cut.program, objectives, training, seed }, place);
  const features = hostFeeds(cut, await readFeeds(open, program.inputs));
  const columns = [...features, ...(await readTargets(request, planned))];
  return {
    program: stepProgram,
    initial: initialState(stepProgram, deriveSeed(seed, 'weights')),
    columns,
    trainRows: request.trainRows,
    validationRows: request.validationRows,
    epochs: training.epochs,
    batchSize,
    evaluationBatch: evaluationBatch(stepProgram, batchSize, columns.every(isHeld) ? 'held' : 'onDisk'),
    precision: training.precision,
    learningRate: learningRateAt(schedule, optimizer.learningRate),
    ...(training.earlyStopping.type === 'on' ? { earlyStopping: training.earlyStopping } : {}),
    ...(training.bestWeights.type === 'best' ? { keepBest: training.bestWeights.monitor } : {}),
    seed,
  };
}

/** The feeds of the targets that are columns. */
async function readTargets(
  { open, trainRows, validationRows }: FitRequest,
  { recipe, objectives, program }: Planned,
): Promise<FeedColumn[]> {
  const rows = Int32Array.from([...trainRows, ...validationRows]);
  const types = outputTypesOf(program);
  const feeds: FeedColumn[] = [];
  for (const { output, column, means, loss } of objectives) {
    const type = types[output];
    if (!column || !type) continue;
    const truth = await readTruth(open, column, { rows, means });
    const values = means.kind === 'classes' ? truth : scaleTarget(truth, { recipe, target: column });
    feeds.push(targetFeed(output, { type: lookupLoss(loss).targetType(type), values }));
  }
  return feeds;
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
  readonly state: Weights;
  readonly history: readonly EpochSummary[];
}

function toPredictor({ dataset, datasetHash }: FitRequest, fitted: Fitted): Predictor {
  const { predictor: program, signature } = fitted.composed;
  const weights = Object.fromEntries(
    program.state.flatMap(({ id }) => {
      const tensor = fitted.state[id];
      return tensor ? [[id, tensor] as const] : [];
    }),
  );
  return {
    signature,
    recipe: fitted.recipe,
    artefact: { kind: 'program', program, weights },
    metrics: fitted.history.at(-1)?.metrics ?? {},
    trainedOn: { dataset, hash: datasetHash },
  };
}
