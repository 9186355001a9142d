import type { NodeId, YardDocument } from '../../../src-shared/document/document';
import { buildGraph } from '../../../src-shared/document/graph';
import { decodeJudged, type JudgedRows } from '../../../src-shared/fit/judged-rows';
import {
  type Example,
  type Examples,
  type ExamplesAsk,
  maxPreviewRows,
  maxResiduals,
} from '../../../src-shared/preview';
import { fail } from '../../../src-shared/problem';
import type { Report, SingleReport } from '../../../src-shared/runs/values';
import type { EngineParts } from '../engine-parts';
import { readRunDocument } from '../journal/run-document';
import type { DocumentRequest } from '../messages';
import { findResult } from './find-result';
import { withTable } from './preview-table';
import type { Originals } from './table-view';

/** The rows behind one cell of a confusion matrix, or all rows of a report, with their pictures or values. */
export async function findExamples(parts: EngineParts, ask: ExamplesAsk, signal: AbortSignal): Promise<Examples> {
  const port = reportPort(parts, ask);
  const { result, run } = await findResult(parts, { ...ask, port }, signal);
  const value = result.type === 'report' ? judgedReport(result.value, ask.output) : undefined;
  if (!value?.judged) {
    return fail('examples-not-kept', { name: ask.document.nodes[ask.node]?.name ?? ask.node }, { severity: 'info' });
  }
  const judged = decodeJudged(await parts.store.blobs.get(value.judged.blob));
  const places = placesOf(value, judged, ask);
  const shownPlaces = places.slice(ask.offset, ask.offset + Math.min(ask.limit, maxPreviewRows));
  // Rows are counted in the data of then, not in those that the document names by now.
  const document = run === undefined ? ask.document : await documentOf(parts, run);
  const numbers = Int32Array.from(shownPlaces, (place) => judged.rows[place] ?? 0);
  const shown = await showRows(parts, { ...ask, document }, { numbers, signal });
  const rows = shownPlaces.map((place, i) => ({ ...describe(value, judged, place), ...shown.rows[i] }));
  const residuals = value.kind === 'regression' ? { residuals: spread(judged) } : {};
  return { rows, images: shown.images, offset: ask.offset, total: places.length, ...residuals };
}

/** @param output of a model with several outputs: which one; absent: the first */
function judgedReport(report: Report, output: string | undefined): SingleReport | undefined {
  if (report.kind === 'cross-validation') return undefined;
  if (report.kind !== 'several') return report;
  return report.reports.find((one) => output === undefined || one.output === output);
}

function documentOf({ fs, store, lookup }: EngineParts, run: string): Promise<YardDocument> {
  return readRunDocument(fs, store.folders.runs, { run, lookup });
}

function reportPort({ lookup }: EngineParts, { document, node }: ExamplesAsk): string {
  const outputs = Object.entries(lookup(document.nodes[node]?.kind ?? '')?.outputs ?? {});
  const [port] = outputs.find(([, { type }]) => type === 'report') ?? [];
  return port ?? fail('preview-node-missing', { port: 'report' });
}

/** Places in `judged` of the rows that are asked for, in the order of the source. */
function placesOf(report: SingleReport, { truth, predicted }: JudgedRows, ask: ExamplesAsk): number[] {
  const classes = report.kind === 'classification' ? report.classes : [];
  const wanted = (name: string | undefined) => (name === undefined ? undefined : classes.indexOf(name));
  const [actual, given] = [wanted(ask.truth), wanted(ask.predicted)];
  const places: number[] = [];
  for (let place = 0; place < truth.length; place++) {
    if (actual !== undefined && truth[place] !== actual) continue;
    if (given === undefined || predicted[place] === given) places.push(place);
  }
  return places;
}

function describe(report: SingleReport, { rows, truth, predicted, probability }: JudgedRows, place: number): Example {
  const [actual, given] = [truth[place] ?? Number.NaN, predicted[place] ?? Number.NaN];
  const row = rows[place] ?? 0;
  if (report.kind === 'score') return { row, truth: '', predicted: given };
  if (report.kind !== 'classification') return { row, truth: actual, predicted: given };
  const { classes } = report;
  return { row, truth: classes[actual] ?? '', predicted: classes[given] ?? '', probability: probability[place] ?? 0 };
}

/** Rows evenly spread over all, as many as a plot can show. */
function spread({ rows, truth, predicted }: JudgedRows): NonNullable<Examples['residuals']> {
  const step = Math.max(1, Math.ceil(rows.length / maxResiduals));
  return Array.from({ length: Math.ceil(rows.length / step) }, (_, i) => {
    const place = i * step;
    return { row: rows[place] ?? 0, truth: truth[place] ?? 0, predicted: predicted[place] ?? 0 };
  });
}

/** The rows as the source has them, through the table or dataset that is wired to the node. */
async function showRows(
  parts: EngineParts,
  place: DocumentRequest & { readonly node: NodeId },
  { numbers, signal }: { readonly numbers: Int32Array; readonly signal: AbortSignal },
): Promise<Originals> {
  const node = buildGraph(place.document, parts.lookup).nodes.get(place.node);
  const table = Object.entries(node?.definition?.inputs ?? {}).find(([, { type }]) => [type].flat().some(isTabular));
  const ref = table && node?.inputs[table[0]]?.[0];
  if (!ref) return { rows: [], images: [] };
  return withTable(
    parts,
    { ...place, ...ref },
    { signal, isWhole: true, work: (view) => view.originals(numbers, signal) },
  );
}

function isTabular(name: string): boolean {
  return name === 'table' || name === 'dataset';
}
