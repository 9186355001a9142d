import { fail } from '../problem';
import type { BlobStore, OpenTable, Programs } from '../runs/run-context';
import type { Predictor, SeveralReport, SingleReport } from '../runs/values';
import type { Column, SplitName } from '../types/ports';
import { classesOf, type OutputField } from '../types/signature';
import { classificationReport } from './classification-report';
import { encodeJudged, judgeRows } from './judged-rows';
import { type Judged, worstMistakes } from './mistakes';
import type { Outputs } from './outputs';
import { predictRows } from './predict';
import { regressionReport } from './regression-report';
import { scoreReport } from './score-report';
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

/**
 * Judges a predictor on some rows: every output that has a target column, and every score.
 * @throws ProblemError `no-rows-to-test`, `nothing-to-compare` where no output can be judged
 */
export async function evaluatePredictor(
  predictor: Predictor,
  request: EvaluateRequest,
): Promise<SingleReport | SeveralReport> {
  const { rows, split } = request;
  if (rows.length === 0) fail('no-rows-to-test', { split }, { port: 'dataset', param: 'split' });
  const judged = predictor.signature.outputs.filter(
    ({ target, means }) => target !== undefined || means.kind === 'score',
  );
  if (judged.length === 0) fail('nothing-to-compare', {}, { port: 'model' });
  for (const { target } of judged) if (target !== undefined) targetIn(request.open, target);
  const outputs = await predictRows(predictor, request);
  const reports: SingleReport[] = [];
  for (const field of judged) {
    const given = outputs.get(field.name);
    if (!given) throw new Error(`The model gave nothing for ${field.name}.`);
    const report = await judgeOutput(field, given, request);
    reports.push(judged.length > 1 ? { ...report, output: field.name } : report);
  }
  const [only, ...more] = reports;
  return only && more.length === 0 ? only : { kind: 'several', reports };
}

function targetIn({ columns }: OpenTable, target: string): Column {
  const found = columns.find(({ name }) => name === target);
  return found ?? fail('missing-column', { column: target, columns: columns.map(({ name }) => name) });
}

async function judgeOutput(
  field: OutputField,
  outputs: Outputs,
  { open, rows, split, mistakes: count, store }: EvaluateRequest,
): Promise<SingleReport> {
  const truth = field.target === undefined ? undefined : await readTruths(open, { field, rows });
  const classes = classesOf(field);
  const judged = { outputs, rows, ...(truth ? { truth } : {}), ...(classes ? { classes } : {}) };
  const mistakes = await worstMistakes(open, judged, count);
  const rest = { mistakes, ...(store ? await keepJudged(store, judged) : {}) };
  if (!truth) return { ...scoreReport(outputs, split), ...rest };
  if (classes) return { ...classificationReport(outputs, truth, { classes, split }), ...rest };
  return { ...regressionReport(outputs, truth, split), ...rest };
}

async function readTruths(
  open: OpenTable,
  { field, rows }: { readonly field: OutputField; readonly rows: Int32Array },
): Promise<number[]> {
  const truth = await readTruth(open, targetIn(open, field.target ?? ''), { rows, means: field.means });
  return Array.from(rows, (row) => truth[row] ?? Number.NaN);
}

async function keepJudged(
  store: BlobStore,
  { outputs, rows, classes, truth = noTruth(rows) }: Judged,
): Promise<Pick<SingleReport, 'judged'>> {
  const judged = judgeRows(outputs, { rows, truth, isClassified: classes !== undefined });
  return { judged: { blob: await store.put(encodeJudged(judged)) } };
}

function noTruth(rows: Int32Array): Float32Array {
  return new Float32Array(rows.length).fill(Number.NaN);
}
