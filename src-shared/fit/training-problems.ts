import { lookupLoss } from '../compile/losses/catalog';
import { formatShape } from '../ops/dims';
import { isProblem, type Problem, ProblemError, problem } from '../problem';
import { featureType, targetOf } from '../recipe/features';
import type { Column, TableType, TensorWire } from '../types/ports';
import { featureScaleProblem } from './feature-scale';
import type { TrainingParams } from './training-params';

interface Wired {
  readonly dataset: TableType | undefined;
  readonly output: TensorWire | undefined;
  readonly params: TrainingParams;
}

/** What is wrong between data, model and loss, as far as it can be known before a run. */
export function trainingProblems({ dataset, output, params }: Wired): Problem[] {
  return [
    ...(dataset ? dataProblems(dataset) : []),
    ...(dataset ? batchProblems(dataset, params) : []),
    ...(output ? lossProblems(output, params) : []),
    ...matchProblems({ dataset, output, params }),
  ];
}

function dataProblems(dataset: TableType): Problem[] {
  const target = targetOf(dataset.columns);
  const scale = featureScaleProblem(dataset.columns);
  return [target, featureType(dataset), isProblem(target) ? undefined : leftOut(target.column), scale]
    .filter(isProblem)
    .map((found) => ({ ...found, port: 'dataset' }));
}

/** Keras' usual batch size. */
const usualBatch = 32;

/** All rows in every step is what Keras does too, and hardly what was meant. */
function batchProblems({ splits, rows }: TableType, { batchSize }: TrainingParams): Problem[] {
  const training = splits ? splits.train : rows;
  if (training === undefined || training === 0 || batchSize <= training) return [];
  const fix = { code: 'set-param', param: 'batchSize', to: Math.min(usualBatch, training) } as const;
  const values = { batchSize, rows: training };
  return [problem('batch-larger-than-data', values, { severity: 'warning', param: 'batchSize', fix })];
}

/** Rows that can neither teach nor test are passed over; a person should hear of it. */
function leftOut({ name, nulls = 0 }: Column): Problem | undefined {
  return nulls > 0 ? problem('rows-without-target', { column: name, rows: nulls }, { severity: 'warning' }) : undefined;
}

function lossProblems(output: TensorWire, { loss }: TrainingParams): Problem[] {
  try {
    lookupLoss(loss).targetType(output);
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return [error.problem];
    throw error;
  }
}

function matchProblems({ dataset, output, params }: Wired): Problem[] {
  const target = dataset && targetOf(dataset.columns);
  if (!target || isProblem(target) || !output) return [];
  const width = output.shape.at(-1);
  if (lookupLoss(params.loss).task === 'regression')
    return numberProblems(target.column, { output, loss: params.loss });
  if (target.classes && target.classes.length < 2) {
    const values = { column: target.column.name, class: target.classes[0] ?? '—' };
    return [problem('one-class-only', values, { port: 'dataset' })];
  }
  if (target.classes) return classProblems(target.classes.length, { width, loss: params.loss });
  const fix = { code: 'set-param', param: 'loss', to: 'meanSquaredError' } as const;
  return [
    problem('loss-needs-class-target', { column: target.column.name, loss: params.loss }, { param: 'loss', fix }),
  ];
}

function numberProblems(
  target: Column,
  { output, loss }: { readonly output: TensorWire; readonly loss: string },
): Problem[] {
  if (target.type.kind === 'string') {
    const fix = { code: 'set-param', param: 'loss', to: 'sparseCategoricalCrossentropy' } as const;
    return [problem('loss-needs-numbers', { column: target.name, loss }, { param: 'loss', fix })];
  }
  if (output.shape.at(-1) === 1) return scaleProblems(target);
  return [problem('one-output-needed', { shape: formatShape(output.shape) }, { port: 'output' })];
}

/** Weights begin near zero: a target of hundreds of thousands is hardly ever reached. */
const largestTarget = 100;

function scaleProblems({ name, range }: Column): Problem[] {
  if (!range || Math.max(...range.map(Math.abs)) <= largestTarget) return [];
  const fix = { code: 'insert-node', mends: 'unscaled', columns: [name] } as const;
  return [
    problem(
      'target-not-scaled',
      { column: name, low: range[0], high: range[1] },
      { severity: 'warning', port: 'dataset', fix },
    ),
  ];
}

function classProblems(
  classes: number,
  { width, loss }: { readonly width: unknown; readonly loss: string },
): Problem[] {
  const needed = loss === 'binaryCrossentropy' && width === 1 ? 1 : classes;
  if (needed === 1 && classes !== 2) {
    return [
      problem(
        'binary-needs-two-classes',
        { classes },
        { param: 'loss', fix: { code: 'set-param', param: 'loss', to: 'sparseCategoricalCrossentropy' } },
      ),
    ];
  }
  if (width === needed) return [];
  return [
    problem(
      'outputs-do-not-match-classes',
      { outputs: String(width), classes: needed },
      { port: 'output', fix: { code: 'set-param', param: 'units', to: needed } },
    ),
  ];
}
