import { measureName } from '../compile/metrics/measure-name';
import type { Report, SingleReport } from './values';

/** The headline numbers of a report by name; of several outputs with the output: `accuracy/kind`. */
export function reportScores(report: Report): Readonly<Record<string, number>> {
  if (report.kind === 'cross-validation') return report.mean;
  if (report.kind !== 'several') return scoresOf(report);
  const { reports } = report;
  return Object.fromEntries(
    reports.flatMap((one) =>
      Object.entries(scoresOf(one)).map(([name, value]) => [
        measureName(name, one.output ?? '', reports.length),
        value,
      ]),
    ),
  );
}

function scoresOf(report: SingleReport): Readonly<Record<string, number>> {
  switch (report.kind) {
    case 'classification': {
      const { accuracy, precision, recall, f1, logLoss } = report;
      return { accuracy, precision, recall, f1, logLoss };
    }
    case 'regression': {
      const { r2, mae, rmse } = report;
      return { r2, mae, rmse };
    }
    case 'score': {
      const { mean, median, p95, max } = report;
      return { mean, median, p95, max };
    }
  }
}

/** The one number that tells most, and how it is called. */
export function headline(report: Report): { readonly name: string; readonly value: number } | undefined {
  const [first] = Object.entries(reportScores(report)).sort(([a], [b]) => rank(a) - rank(b));
  return first && { name: first[0], value: first[1] };
}

const order = ['accuracy', 'r2', 'mean'];

function rank(name: string): number {
  const place = order.indexOf(name.split('/')[0] ?? name);
  return place < 0 ? order.length : place;
}
