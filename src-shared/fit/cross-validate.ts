import { readMeasure } from '../compile/metrics/measure-name';
import { hashData } from '../hash';
import { isProblem } from '../problem';
import { createRandom, deriveSeed } from '../random';
import { targetClasses, targetColumns } from '../recipe/features';
import { reportScores } from '../runs/report-scores';
import type { OpenTable, RunContext } from '../runs/run-context';
import { splitCodes } from '../runs/run-context';
import type { CrossValidationReport, Estimator, TabularValue } from '../runs/values';
import { mean } from './classification-report';
import { evaluatePredictor } from './evaluate-predictor';
import { fitEstimator } from './fit-estimator';
import { dealFolds, rowsOutside } from './folds';
import { rowsOf } from './read-feeds';
import { readTruth } from './target';
import type { TrainingParams } from './training-params';
import { watchRun } from './watch-run';

interface CrossValidation {
  readonly estimator: Estimator;
  readonly dataset: TabularValue;
  readonly folds: number;
  readonly stratified: boolean;
  readonly ctx: RunContext;
}

type Scores = Readonly<Record<string, number>>;

/**
 * k-fold cross-validation over training and validation rows: every fold fits the recipe and the model anew on the
 * other folds and is tested on its own rows. Test rows are never touched.
 */
export async function crossValidate(request: CrossValidation): Promise<CrossValidationReport> {
  const { dataset, ctx } = request;
  const open = await ctx.tables.open(dataset);
  try {
    const rows = rowsOf(
      open.assignment.map((code) => (code === splitCodes.validation ? splitCodes.train : code)),
      splitCodes.train,
    );
    const heldOut = await deal(open, rows, request);
    const folds: Scores[] = [];
    for (const [index, fold] of heldOut.entries()) {
      ctx.signal.throwIfAborted();
      folds.push(await runFold(open, { request, rows: rowsOutside(rows, fold), heldOut: fold, fold: index + 1 }));
      ctx.emit({ type: 'progress', node: ctx.node.name, done: index + 1, total: heldOut.length, unit: 'folds' });
    }
    return { kind: 'cross-validation', folds, ...summarize(folds) };
  } finally {
    await open.close();
  }
}

async function deal(
  open: OpenTable,
  rows: Int32Array,
  { folds, stratified, ctx }: CrossValidation,
): Promise<Int32Array[]> {
  const seed = ctx.seed('folds');
  const [target] = targetColumns(open.columns);
  const classes = target && targetClasses(target);
  if (!stratified || !target || !classes || isProblem(classes)) return dealFolds(rows, { folds, seed });
  const codes = await readTruth(open, target, { rows, means: { kind: 'classes', classes } });
  return dealFolds(rows, { folds, seed, classCodes: Array.from(rows, (row) => codes[row] ?? -1) });
}

interface Fold {
  readonly request: CrossValidation;
  readonly rows: Int32Array;
  readonly heldOut: Int32Array;
  readonly fold: number;
}

async function runFold(open: OpenTable, { request, rows, heldOut, fold }: Fold): Promise<Scores> {
  const { estimator, dataset, ctx, folds } = request;
  const seed = deriveSeed(ctx.seed('fit'), fold);
  const { trainRows, validationRows } = sliceForStopping(rows, estimator, seed);
  const watcher = await watchRun(ctx, { columns: open.columns, checkpoints: false, fold: { fold, folds } });
  const { programs, signal } = ctx;
  const datasetHash = hashData(dataset);
  const { predictor } = await fitEstimator({
    estimator,
    dataset,
    datasetHash,
    open,
    trainRows,
    validationRows,
    seed,
    programs,
    watcher,
  });
  const report = await evaluatePredictor(predictor, {
    open,
    rows: heldOut,
    split: 'validation',
    mistakes: 0,
    programs,
    signal,
  });
  return reportScores(report);
}

/** Early stopping and best weights watch a tenth of the fold's own training rows, never the rows held out. */
function sliceForStopping(rows: Int32Array, estimator: Estimator, seed: number) {
  const watches = estimator.kind === 'network' && watchesValidation(estimator.training);
  if (!watches || rows.length < 10) return { trainRows: rows, validationRows: new Int32Array(0) };
  const shuffled = createRandom(deriveSeed(seed, 'stopping')).shuffle(Int32Array.from(rows));
  const count = Math.ceil(rows.length / 10);
  return { trainRows: shuffled.slice(count).sort(), validationRows: shuffled.slice(0, count).sort() };
}

function watchesValidation({ earlyStopping, bestWeights }: TrainingParams): boolean {
  return (
    (earlyStopping.type === 'on' && readMeasure(earlyStopping.monitor).isValidation) ||
    (bestWeights.type === 'best' && readMeasure(bestWeights.monitor).isValidation)
  );
}

/** Mean and sample standard deviation of every score over the folds. */
export function summarize(folds: readonly Scores[]): Pick<CrossValidationReport, 'mean' | 'deviation'> {
  const means: Record<string, number> = {};
  const deviations: Record<string, number> = {};
  for (const name of Object.keys(folds[0] ?? {})) {
    const scores = folds.map((fold) => fold[name] ?? Number.NaN);
    const average = mean(scores);
    means[name] = average;
    const squares = scores.reduce((sum, score) => sum + (score - average) ** 2, 0);
    deviations[name] = scores.length > 1 ? Math.sqrt(squares / (scores.length - 1)) : 0;
  }
  return { mean: means, deviation: deviations };
}
