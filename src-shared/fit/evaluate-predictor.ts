import { fail } from '../problem';
import type { BlobStore, OpenTable, Programs } from '../runs/run-context';
import type { ClassificationReport, Predictor, RegressionReport } from '../runs/values';
import type { SplitName } from '../types/ports';
import { classificationReport } from './classification-report';
import { encodeJudged, judgeRows } from './judged-rows';
import { type Judged, worstMistakes } from './mistakes';
import { predictRows } from './predict';
import { regressionReport } from './regression-report';
import { readTruth } from './target';

interface EvaluateRequest {
  readonly open: OpenTable;
  readonly rows: Int32Array;
  readonly split: SplitName;
  readonly mistakes: number;
  readonly programs: Programs;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number) => void;
  /** Where the judgement of every row is kept; absent: the report goes without it. */
  readonly store?: BlobStore;
}

/** Compares a predictor with the truth on some rows. */
export async function evaluatePredictor(
  predictor: Predictor,
  request: EvaluateRequest,
): Promise<ClassificationReport | RegressionReport> {
  const { open, rows, split } = request;
  if (rows.length === 0) fail('no-rows-to-test', { split }, { port: 'dataset', param: 'split' });
  const target = open.columns.find((column) => column.name === predictor.target);
  if (!target) return fail('missing-column', { column: predictor.target, columns: open.columns.map((c) => c.name) });
  const truthOfAll = await readTruth(open, target, { rows, task: predictor.task });
  const truth = Array.from(rows, (row) => truthOfAll[row] ?? Number.NaN);
  const outputs = await predictRows(predictor, request);
  const { classes } = predictor;
  const judged = { outputs, truth, rows, ...(classes ? { classes } : {}) };
  const mistakes = await worstMistakes(open, judged, request.mistakes);
  const rest = { mistakes, ...(request.store ? await keepJudged(request.store, judged) : {}) };
  if (classes) return { ...classificationReport(outputs, truth, { classes, split }), ...rest };
  return { ...regressionReport(outputs, truth, split), ...rest };
}

async function keepJudged(
  store: BlobStore,
  { outputs, truth, rows, classes }: Judged,
): Promise<Pick<ClassificationReport, 'judged'>> {
  const judged = judgeRows(outputs, { rows, truth, isClassified: classes !== undefined });
  return { judged: { blob: await store.put(encodeJudged(judged)) } };
}
