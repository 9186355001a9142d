import { metricWord } from '../../src-shared/metric-words';
import { formatBytes, formatCount, formatMetric, formatSeconds } from '../../src-shared/number-text';
import { reportScores } from '../../src-shared/runs/report-scores';
import type { RunEvent } from '../../src-shared/runs/run-event';
import type { Report } from '../../src-shared/runs/values';
import type { MessageName, Say } from './messages';
import { alignTable } from './table-text';

/** Class tables longer than this are left to the window. */
const maxClassesShown = 12;

/** A report as lines for the terminal. */
export function reportLines(node: string, report: Report, say: Say): string[] {
  if (report.kind === 'several') return report.reports.flatMap((one) => reportLines(node, one, say));
  if (report.kind === 'cross-validation') {
    const rows = Object.entries(report.mean)
      .sort(([a], [b]) => metricOrder.indexOf(a) - metricOrder.indexOf(b))
      .map(([name, mean]) => [name, `${formatMetric(mean)} ± ${formatMetric(report.deviation[name] ?? 0)}`]);
    return [say('crossTitle', { node, folds: report.folds.length }), ...alignTable(rows)];
  }
  const of = report.output === undefined ? node : `${node} · ${report.output}`;
  const title = say('reportTitle', { node: of, rows: formatCount(report.rows), split: say(splitNames[report.split]) });
  const scores = Object.entries(reportScores(report));
  if (report.kind !== 'classification') {
    return [title, ...alignTable(scores.map(([name, value]) => [metricWord(name, say.language), formatMetric(value)]))];
  }
  const summary = scores.map(([name, value]) => `${name} ${formatMetric(value)}`);
  return [title, `  ${summary.join('   ')}`, ...classLines(report, say)];
}

/** A report that comes from the store has its names in another order. */
const metricOrder = ['accuracy', 'precision', 'recall', 'f1', 'logLoss', 'r2', 'mae', 'rmse'];

const splitNames = { train: 'splitTrain', validation: 'splitValidation', test: 'splitTest' } as const satisfies Record<
  string,
  MessageName
>;

function classLines(report: Extract<Report, { kind: 'classification' }>, say: Say): string[] {
  if (report.perClass.length > maxClassesShown) return [];
  const head = [say('class'), 'precision', 'recall', 'f1', say('rows', { count: '' }).trim()];
  const perClass = report.perClass.map((c) => [
    c.name,
    c.precision.toFixed(3),
    c.recall.toFixed(3),
    c.f1.toFixed(3),
    formatCount(c.support),
  ]);
  const matrix = report.confusion.map((row, i) => [report.classes[i] ?? '', ...row.map(String)]);
  return [
    ...alignTable([head, ...perClass]),
    `  ${say('confusion')}`,
    ...alignTable([['', ...report.classes], ...matrix]),
  ];
}

/** What the proof of a bundle found, format by format. */
export function parityLines(
  { parity, latencies }: Pick<Extract<RunEvent, { type: 'parity' }>, 'parity' | 'latencies'>,
  say: Say,
): string[] {
  const title = say('parityTitle', { rows: formatCount(parity.rows), tolerance: parity.tolerance.toExponential(0) });
  const head = (
    ['parityFormat', 'parityRuntime', 'parityDifference', 'parityClasses', 'paritySize', 'parityTime'] as const
  ).map((n) => say(n));
  const rows = Object.entries(parity.formats).map(([name, format]) => [
    name,
    format.runtime,
    format.maxDifference.toExponential(1),
    String(format.classChanges),
    formatBytes(format.bytes),
    latencies[name] === undefined ? '' : formatSeconds(latencies[name]),
  ]);
  return [title, ...alignTable([head, ...rows])];
}
