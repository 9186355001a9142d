import { formatShape } from '../../src-shared/ops/dims';
import type { Predictor, Report } from '../../src-shared/runs/values';

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

function summary({ task, target, classes, artefact }: Predictor): string {
  const parameters = artefact.program.state.reduce(
    (sum, { type }) => sum + type.shape.reduce<number>((n, dim) => n * Number(dim), 1),
    0,
  );
  const what = task === 'classification' ? `one of ${classes?.length ?? 0} classes` : 'a number';
  const names = classes && classes.length <= 50 ? `\n\nClasses: ${classes.map(code).join(', ')}.` : '';
  return `Predicts ${code(target)}: ${what}. ${parameters.toLocaleString('en')} parameters.${names}`;
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
  if (report.kind === 'classification') {
    return `${report.rows} rows of the ${report.split} split: accuracy ${show(report.accuracy)}, F1 ${show(report.f1)}, log loss ${show(report.logLoss)}.`;
  }
  if (report.kind === 'regression') {
    return `${report.rows} rows of the ${report.split} split: R² ${show(report.r2)}, MAE ${show(report.mae)}, RMSE ${show(report.rmse)}.`;
  }
  const means = Object.entries(report.mean).sort();
  const texts = means.map(([metric, mean]) => `${metric} ${show(mean)} ± ${show(report.deviation[metric] ?? 0)}`);
  return `${report.folds.length} folds: ${texts.join(', ')}.`;
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
