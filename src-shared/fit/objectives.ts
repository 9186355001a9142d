import { lookupLoss } from '../compile/losses/catalog';
import type { TensorType } from '../ops/tensor';
import { isProblem, type Problem, ProblemError, problem } from '../problem';
import { targetClasses, targetColumns } from '../recipe/features';
import type { NetworkEstimator } from '../runs/values';
import type { Aim, Objective } from '../types/objective';
import type { Column } from '../types/ports';
import type { Meaning } from '../types/signature';
import { outputTypesOf } from './output-type';

/** An output of a network that is to be trained. */
export interface TrainedOutput {
  /** The layer that gives it. */
  readonly name: string;
  readonly type: TensorType;
  /** What an output layer says; absent where the training alone says it. */
  readonly aim?: Aim;
}

/** An objective with what its output will mean. */
export interface PlannedObjective extends Objective {
  readonly means: Meaning;
  /** The column to predict; absent where the target is a value of the program. */
  readonly column?: Column;
}

/**
 * What every output is trained for. An output without an output layer is compared with the only target by the
 * training's own loss; an output layer names a target, or another value of the model, and may leave the loss to follow.
 * @throws ProblemError with the output's layer as `node`
 */
export function planObjectives(
  outputs: readonly TrainedOutput[],
  { loss, columns }: { readonly loss: string; readonly columns: readonly Column[] },
): PlannedObjective[] {
  const plain = outputs.find(({ aim }) => !aim);
  if (plain && outputs.length > 1) {
    throw new ProblemError(problem('output-without-aim', { output: plain.name }, { port: 'output' }));
  }
  return outputs.map((output) => planObjective(output, { loss, columns }));
}

function planObjective(
  { name, type, aim }: TrainedOutput,
  data: { readonly loss: string; readonly columns: readonly Column[] },
): PlannedObjective {
  const weight = aim?.weight ?? 1;
  if (aim?.target && 'value' in aim.target) {
    const loss = aim.loss ?? 'meanSquaredError';
    if (lookupLoss(loss).compares === 'classes') {
      throw new ProblemError(
        problem('loss-needs-classes-not-values', { output: name, loss }, { node: name, param: 'loss' }),
      );
    }
    return { output: name, target: aim.target, loss, weight, metrics: metricsFor(loss), means: { kind: 'vector' } };
  }
  const column = targetOf(name, { aim, columns: data.columns });
  const classes = targetClasses(column);
  if (isProblem(classes)) throw new ProblemError(classes);
  const loss = aim ? (aim.loss ?? usualLoss(type, classes)) : data.loss;
  const isClassified = classes !== undefined && lookupLoss(loss).compares === 'classes';
  return {
    output: name,
    target: { column: column.name },
    column,
    loss,
    weight,
    metrics: metricsFor(loss),
    means: isClassified ? { kind: 'classes', classes } : { kind: 'number' },
  };
}

/** The outputs of a network that objectives are for: all but the values that some are compared with. */
export function trainedOutputs({ program, aims }: Pick<NetworkEstimator, 'program' | 'aims'>): TrainedOutput[] {
  const compared = new Set(
    Object.values(aims).flatMap(({ target }) => (target && 'value' in target ? target.value : [])),
  );
  return Object.entries(outputTypesOf(program)).flatMap(([name, type]) => {
    const aim = aims[name];
    return compared.has(name) ? [] : [{ name, type, ...(aim ? { aim } : {}) }];
  });
}

/** What the live chart and the journal show beside the loss. */
function metricsFor(loss: string): string[] {
  return lookupLoss(loss).compares === 'numbers' ? ['meanAbsoluteError'] : ['accuracy'];
}

function usualLoss({ shape }: TensorType, classes: readonly string[] | undefined): string {
  if (!classes) return 'meanSquaredError';
  return shape.at(-1) === 1 ? 'binaryCrossentropy' : 'sparseCategoricalCrossentropy';
}

function targetOf(
  output: string,
  { aim, columns }: { readonly aim: Aim | undefined; readonly columns: readonly Column[] },
): Column {
  const wanted = aim?.target && 'column' in aim.target ? aim.target.column : '';
  const found = wanted === '' ? onlyTarget(columns, aim && output) : namedTarget(wanted, { output, columns });
  if (isProblem(found)) throw new ProblemError(found);
  return found;
}

export const noTarget = problem('no-target', {}, { port: 'dataset', fix: { code: 'insert-node', mends: 'no-target' } });

/** @param output the output layer that should say which one, where there is one */
function onlyTarget(columns: readonly Column[], output: string | undefined): Column | Problem {
  const targets = targetColumns(columns);
  const [column] = targets;
  if (!column) return noTarget;
  if (targets.length === 1) return column;
  const at = output === undefined ? { port: 'dataset' } : { node: output, param: 'target' };
  return problem('several-targets', { columns: targets.map(({ name }) => name).join(', ') }, at);
}

function namedTarget(
  column: string,
  { output, columns }: { readonly output: string; readonly columns: readonly Column[] },
): Column | Problem {
  const found = columns.find(({ name }) => name === column);
  const at = { node: output, param: 'target' };
  if (!found) return problem('column-not-found', { column, columns: columns.map(({ name }) => name).join(', ') }, at);
  if (found.role === 'target') return found;
  if (found.role === 'feature') return problem('target-is-feature', { column, output }, at);
  return problem('target-has-other-role', { column, output, role: found.role }, at);
}
