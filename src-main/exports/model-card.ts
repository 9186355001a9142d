import { metricWord } from '../../src-shared/metric-words';
import { formatShape } from '../../src-shared/ops/dims';
import { reportScores } from '../../src-shared/runs/report-scores';
import type { Predictor, Report } from '../../src-shared/runs/values';
import { classesOf, type OutputField, widthOf } from '../../src-shared/types/signature';

/** The bundle's `README.md`: what the model is, what it was measured at, how to run it. */
export function modelCard(
  predictor: Predictor,
  { name, reports }: { readonly name: string; readonly reports: readonly Report[] },
): string {
  const parts = [
    [`# ${name}`, summary(predictor)],
    ['## Inputs', inputTable(predictor)],
    [
      '## Measured',
      [...reports.map(describeReport), trainingMetrics(predictor)].filter((text) => text !== '').join('\n\n'),
    ],
    ['## Run it', howToRun(name)],
    ['## Files', fileGuide],
  ];
  return `${parts.map(([heading, text]) => `${heading}\n\n${text}`).join('\n\n')}\n`;
}

function summary({ signature, artefact }: Predictor): string {
  const parameters = artefact.program.state.reduce(
    (sum, { type }) => sum + type.shape.reduce<number>((n, dim) => n * Number(dim), 1),
    0,
  );
  const outputs = signature.outputs.map(describeOutput);
  return [
    `${outputs.join('\n\n')} ${parameters.toLocaleString('en')} parameters.`,
    ...signature.outputs.flatMap(classNames),
  ].join('\n\n');
}

function describeOutput(field: OutputField): string {
  const what = wordFor(field);
  return field.target === undefined
    ? `Gives ${code(field.name)}: ${what}.`
    : `Predicts ${code(field.target)}: ${what}.`;
}

function wordFor(field: OutputField): string {
  const classes = classesOf(field);
  if (classes) return `one of ${classes.length} classes`;
  if (field.means.kind === 'score') return 'a score, larger for what is unusual';
  const width = widthOf(field);
  return width === 1 ? 'a number' : `${width} numbers`;
}

function classNames(field: OutputField): string[] {
  const classes = classesOf(field);
  return classes && classes.length <= 50 ? [`Classes: ${classes.map(code).join(', ')}.`] : [];
}

function inputTable({ artefact, recipe }: Predictor): string {
  const times = new Set(recipe.columns.flatMap(({ name, type }) => (type.kind === 'time' ? [name] : [])));
  const typeOf = (name: string, dtype: string) =>
    times.has(name) ? `time (${dtype}: milliseconds since 1970)` : dtype;
  const rows = Object.entries(artefact.program.inputs).map(
    ([name, { dtype, shape }]) => `| ${code(name)} | ${typeOf(name, dtype)} | ${formatShape(shape.slice(1))} |`,
  );
  return [
    'Raw columns; the preparation is part of the model.',
    '',
    '| column | type | shape of one row |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

function describeReport(report: Report): string {
  if (report.kind === 'several') return report.reports.map(describeReport).join('\n\n');
  if (report.kind === 'cross-validation') {
    const means = Object.entries(report.mean).sort();
    const texts = means.map(([metric, mean]) => `${metric} ${show(mean)} ± ${show(report.deviation[metric] ?? 0)}`);
    return `${report.folds.length} folds: ${texts.join(', ')}.`;
  }
  const of = report.output === undefined ? '' : `${code(report.output)}, `;
  const scores = Object.entries(reportScores(report)).map(
    ([name, value]) => `${metricWord(name, 'en')} ${show(value)}`,
  );
  return `${of}${report.rows} rows of the ${report.split} split: ${scores.join(', ')}.`;
}

function trainingMetrics({ metrics }: Predictor): string {
  const texts = Object.entries(metrics)
    .sort()
    .map(([metric, value]) => `${metric} ${show(value)}`);
  return texts.length > 0 ? `At the end of training: ${texts.join(', ')}.` : '';
}

function howToRun(name: string): string {
  const path = `/v1/models/${encodeURIComponent(name)}:predict`;
  return [
    'Node 20 or later, nothing to install:',
    '',
    '```',
    'node server.mjs --port 8080',
    `curl -d '{"instances": […]}' http://127.0.0.1:8080${path}`,
    '```',
    '',
    'In a container: `docker build -t model . && docker run -p 8080:8080 model`.',
  ].join('\n');
}

const fileGuide = `- \`saved_model/\`: TensorFlow Serving, any TensorFlow runtime; raw columns in.
- \`onnx/\`: ONNX Runtime, Triton; raw columns in.
- \`tfjs/\`: browsers; words as codes by \`vocabularies.json\` (a word never seen: n, a missing one: n + 1); where there is \`doubles.json\`, its steps are computed outside on doubles.
- \`program/\`: the program, its weights and the fitted preparation, for \`server.mjs\` and for training on.
- \`server.mjs\`, \`Dockerfile\`, \`openapi.json\`: the server, a container for it, and a description of its routes.
- \`samples.json\`: a few held-out rows, real data, with the app's predictions: what a deployed server is tried with.
- \`parity.json\`: how far each format's predictions are from the app's, on held-out rows.
- \`metadata.json\`: inputs, outputs, metrics, lineage, and the SHA-256 of every file.`;

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

function show(value: number): string {
  return String(Number(value.toPrecision(4)));
}
