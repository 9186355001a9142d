import { metricWord } from '../../src-shared/metric-words';
import { formatBytes, formatMetric } from '../../src-shared/number-text';
import type { OutputFacts } from '../../src-shared/runs/output-facts';
import { headline } from '../../src-shared/runs/report-scores';
import type { NodeRun } from '../../src-shared/runs/run-state';
import type { Report } from '../../src-shared/runs/values';
import type { Language } from '../../src-shared/text';
import type { WireType } from '../../src-shared/types/ports';
import { countText } from '../i18n/format';
import type { Translate } from '../i18n/i18n';

export interface FactInput {
  /** Types at its outputs, as far as they are known. */
  readonly types: readonly WireType[];
  readonly run: NodeRun | undefined;
  readonly t: Translate;
  readonly language: Language;
}

/** The one thing that matters of a node: what was measured once it ran, else what comes out of it. */
export function nodeFact({ types, run, t, language }: FactInput): string {
  const measured = run && measuredText(run, { t, language });
  if (measured) return run.device === undefined ? measured : `${measured} · GPU`;
  for (const type of types) {
    const text = typeText(type, t, language);
    if (text) return text;
  }
  const hasRun = run !== undefined && run.state !== 'waiting' && run.state !== 'blocked';
  return types.length > 0 && !hasRun ? t('canvas.notRun') : '';
}

function measuredText(
  { training, report, outputs, parity, state }: NodeRun,
  { t, language }: Pick<FactInput, 't' | 'language'>,
): string {
  if (report) return reportText(report, language);
  if (training) return metricsText(training.metrics, language);
  if (parity) return t('canvas.formats', { count: Object.keys(parity.parity.formats).length });
  if (state !== 'done' && state !== 'cached') return '';
  for (const { detail } of Object.values(outputs ?? {})) {
    // The journal keeps what `factsOf` says of a value.
    const text = outputText(detail as OutputFacts | undefined, language);
    if (text) return text;
  }
  return '';
}

/** Loss first, then at most one more: a node is no table. */
function metricsText(metrics: Readonly<Record<string, number>>, language: Language): string {
  const names = Object.keys(metrics).filter((name) => !name.startsWith('val'));
  const order = names.sort((a, b) => Number(b === 'loss') - Number(a === 'loss'));
  return order
    .slice(0, 2)
    .map((name) => `${metricWord(name, language)} ${formatMetric(metrics[name] ?? Number.NaN)}`)
    .join(' · ');
}

function reportText(report: Report, language: Language): string {
  const first = headline(report);
  if (!first) return '';
  const deviation = report.kind === 'cross-validation' ? ` ± ${formatMetric(report.deviation[first.name] ?? 0)}` : '';
  return `${metricWord(first.name, language)} ${formatMetric(first.value)}${deviation}`;
}

function outputText(facts: OutputFacts | undefined, language: Language): string {
  if (facts?.metrics) return metricsText(facts.metrics, language);
  if (facts?.path === undefined) return '';
  return [lastPart(facts.path), facts.bytes === undefined ? '' : formatBytes(facts.bytes)].filter(Boolean).join(' · ');
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

type TableWire = Extract<WireType, { readonly type: 'table' | 'dataset' }>;

function typeText(type: WireType, t: Translate, language: Language): string {
  switch (type.type) {
    case 'table':
    case 'dataset':
      return tableText(type, t, language);
    case 'tensor':
      return `→ ${shapeText(type.shape)}`;
    case 'model':
    case 'estimator':
      return t('canvas.factParameters', { count: type.parameters, text: countText(type.parameters, language) });
    default:
      return '';
  }
}

const splitWords = { train: 'canvas.factTrain', validation: 'canvas.factValidation', test: 'canvas.factTest' } as const;

/** How a dataset is split; of a table its rows, and what a row is. */
function tableText({ type, rows, columns, splits }: TableWire, t: Translate, language: Language): string {
  const parts = Object.entries(splits ?? {}).filter(([, part]) => part !== undefined && part > 0);
  if (type === 'dataset' && parts.length > 0) {
    // The keys of `splits` are the names of splits.
    const words = (split: string) => splitWords[split as keyof typeof splitWords];
    return parts.map(([split, part]) => t(words(split), { rows: shortCount(part ?? 0, language) })).join(' · ');
  }
  const [tensor, another] = columns.flatMap((column) => (column.type.kind === 'tensor' ? [column.type] : []));
  if (tensor && !another) {
    const count = rows === undefined ? '?' : shortCount(rows, language);
    return `${count} × ${shapeText(tensor.shape)} ${tensor.dtype}`;
  }
  const width = t('canvas.factColumns', { count: columns.length });
  return rows === undefined
    ? width
    : t('canvas.factRows', { count: rows, rows: countText(rows, language), columns: width });
}

/** `60k`: a whole number of thousands in three letters, anything else as it is. */
function shortCount(count: number, language: Language): string {
  return count >= 1000 && count % 1000 === 0 ? `${count / 1000}k` : countText(count, language);
}

/** Without the batch, which every shape has. */
export function shapeText(shape: readonly (string | number)[]): string {
  const own = shape[0] === 'batch' ? shape.slice(1) : shape;
  return own.length === 0 ? '1' : own.join('×');
}
