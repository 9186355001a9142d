import { lookupLoss } from '../compile/losses/catalog';
import { formatShape, sameShape } from '../ops/dims';
import { isProblem, type Problem, ProblemError, problem } from '../problem';
import { bindInputs } from '../recipe/bind-inputs';
import { featureColumns, featureType, targetColumns } from '../recipe/features';
import type { Column, ModelInput, TableType, TensorWire } from '../types/ports';
import { classesOf } from '../types/signature';
import { featureScaleProblem } from './feature-scale';
import { monitorProblems, trainingMeasures } from './measures';
import { noTarget, type PlannedObjective, planObjectives, type TrainedOutput } from './objectives';
import type { TrainingParams } from './training-params';

interface Wired {
  readonly dataset: TableType | undefined;
  /** The model's outputs. */
  readonly outputs: readonly TensorWire[];
  readonly params: TrainingParams;
}

/** What is wrong between data, model and loss, as far as it can be known before a run. */
export function trainingProblems({ dataset, outputs, params }: Wired): Problem[] {
  if (!dataset) return outputs.flatMap((output) => plainLossProblems(output, params));
  const planned = outputs.length > 0 ? objectivesOf({ dataset, outputs, params }) : targetMissing(dataset);
  const objectives = isProblem(planned) ? [] : planned;
  return [
    ...(isProblem(planned) ? [atDataset(planned)] : []),
    ...dataProblems(dataset, { inputs: inputsOf(outputs), objectives }),
    ...batchProblems(dataset, params),
    ...outputs.flatMap((output) => {
      const objective = objectives.find((one) => one.output === output.layer);
      return objective ? objectiveProblems(objective, output) : [];
    }),
    ...(objectives.length > 0 ? monitorProblems(params, watchable(objectives, dataset)) : []),
  ];
}

/** What every output is trained for, or why that cannot be told. */
export function objectivesOf({ dataset, outputs, params }: Wired): PlannedObjective[] | Problem {
  try {
    return planObjectives(outputs.map(outputOf), { loss: params.loss, columns: dataset?.columns ?? [] });
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

/** Before there is a model. */
function targetMissing({ columns }: TableType): PlannedObjective[] | Problem {
  return targetColumns(columns).length === 0 ? noTarget : [];
}

function outputOf({ layer, dtype, shape, aim }: TensorWire): TrainedOutput {
  return { name: layer, type: { dtype, shape }, ...(aim ? { aim } : {}) };
}

function inputsOf(outputs: readonly TensorWire[]): ModelInput[] {
  const byName = new Map(outputs.flatMap(({ inputs }) => inputs.map((input) => [input.binding.input, input] as const)));
  return [...byName.values()];
}

function watchable(objectives: readonly PlannedObjective[], { splits }: TableType) {
  return { measures: trainingMeasures(objectives), hasValidation: splits?.validation !== 0 && splits !== undefined };
}

function atDataset(found: Problem): Problem {
  return found.node === undefined ? { ...found, port: found.port ?? 'dataset' } : found;
}

interface Used {
  readonly inputs: readonly ModelInput[];
  readonly objectives: readonly PlannedObjective[];
}

function dataProblems(dataset: TableType, { inputs, objectives }: Used): Problem[] {
  const left = objectives.flatMap(({ column }) => (column ? (leftOut(column) ?? []) : []));
  const scale = featureScaleProblem(dataset.columns);
  return [...inputProblems(inputs, dataset.columns), ...left, ...(scale ? [scale] : [])].map(atDataset);
}

/** What enters the model at its inputs: columns that are there, ready, and of the shape that the input has. */
function inputProblems(inputs: readonly ModelInput[], columns: readonly Column[]): Problem[] {
  const bindings = inputs.length > 0 ? inputs.map(({ binding }) => binding) : [wholeInput];
  const bound = bindInputs(bindings, columns);
  if (isProblem(bound)) return [bound];
  const taken = new Set(bound.flatMap((input) => input.columns.map(({ name }) => name)));
  const unused = featureColumns(columns).filter(({ name }) => !taken.has(name));
  const mismatched = bound.flatMap(({ input, columns: own }) => {
    const type = featureType({ columns: own });
    const expected = inputs.find(({ binding }) => binding.input === input)?.type;
    if (isProblem(type)) return [{ ...type, port: 'dataset' }];
    if (!expected || sameShape(expected.shape, type.shape)) return [];
    const values = { input, expected: formatShape(expected.shape), given: formatShape(type.shape) };
    return [problem('input-shape-mismatch', values, { port: 'dataset' })];
  });
  return [...mismatched, ...unusedProblems(unused)];
}

/** Stands for a model whose layers cannot be seen yet: all features enter somewhere. */
const wholeInput = { input: '', columns: 'rest' } as const;

function unusedProblems(unused: readonly Column[]): Problem[] {
  if (unused.length === 0) return [];
  const columns = unused.map(({ name }) => name).join(', ');
  return [problem('features-not-used', { columns }, { severity: 'warning' })];
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

/** Of an output that only the training's own loss is for. */
function plainLossProblems(output: TensorWire, { loss }: TrainingParams): Problem[] {
  return output.aim ? [] : lossProblems(loss, output);
}

function lossProblems(loss: string, { dtype, shape }: Pick<TensorWire, 'dtype' | 'shape'>): Problem[] {
  try {
    lookupLoss(loss).targetType({ dtype, shape });
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return [error.problem];
    throw error;
  }
}

function objectiveProblems(objective: PlannedObjective, output: TensorWire): Problem[] {
  const found = [...lossProblems(objective.loss, output), ...matchProblems(objective, output)];
  // What an output layer says is mended there.
  return output.aim ? found.map((one) => (one.param === 'loss' ? { ...one, node: output.layer } : one)) : found;
}

function matchProblems(objective: PlannedObjective, output: TensorWire): Problem[] {
  const { column, loss, means } = objective;
  if (!column) return [];
  const width = output.shape.at(-1);
  if (lookupLoss(loss).compares === 'numbers') return numberProblems(column, { output, loss });
  const classes = classesOf({ means });
  if (classes && classes.length < 2) {
    const values = { column: column.name, class: classes[0] ?? '—' };
    return [problem('one-class-only', values, { port: 'dataset' })];
  }
  if (classes) return classProblems(classes.length, { width, loss });
  const fix = { code: 'set-param', param: 'loss', to: 'meanSquaredError' } as const;
  return [problem('loss-needs-class-target', { column: column.name, loss }, { param: 'loss', fix })];
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
