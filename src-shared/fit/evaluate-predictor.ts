import type { SplitName } from '../nodes/ports';
import { fail } from '../problem';
import type { OpenTable, Programs } from '../runs/run-context';
import type { ClassificationReport, Predictor, RegressionReport } from '../runs/values';
import { classificationReport } from './classification-report';
import { worstMistakes } from './mistakes';
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
  if (classes) return { ...classificationReport(outputs, truth, { classes, split }), mistakes };
  return { ...regressionReport(outputs, truth, split), mistakes };
}
