import { copySteps } from '../compile/copy-steps';
import { lookupOp } from '../ops/catalog';
import { formatShape, sameShape } from '../ops/dims';
import type { Program, Value } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import { fail, isProblem, ProblemError } from '../problem';
import { bindInputs } from '../recipe/bind-inputs';
import { lookupStep } from '../recipe/catalog';
import type { FittedRecipe } from '../recipe/define-step';
import { addPrologue, joinFeatures, preparedColumns } from '../recipe/prologue';
import { invertTarget } from '../recipe/target';
import type { InputBinding } from '../types/objective';
import type { Meaning, OutputField, Signature } from '../types/signature';
import type { PlannedObjective } from './objectives';

export interface PredictorPrograms {
  /** Raw columns in, the model's own outputs by their own names out: what is trained. */
  readonly trained: Program;
  /** Raw columns in, the outputs of the signature (numbers in the target's own units) out: what is kept and exported. */
  readonly predictor: Program;
  readonly signature: Signature;
}

interface Composition {
  readonly program: Program;
  readonly bindings: readonly InputBinding[];
  readonly objectives: readonly PlannedObjective[];
}

/**
 * Puts the fitted value steps of a recipe in front of a model as ops.
 * @param model the region that was wired, and what its inputs take and its outputs are for
 * @throws ProblemError `input-shape-mismatch` where the data do not fit an input of the model, and what `bindInputs` finds
 */
export function composePredictor(model: Composition, recipe: FittedRecipe): PredictorPrograms {
  const b = new ProgramBuilder(lookupOp);
  const remap = addModel(b, model.program, boundValues(b, model, recipe));
  const outputs = Object.fromEntries(Object.entries(model.program.outputs).map(([name, ref]) => [name, remap(ref)]));
  const trained = b.build(outputs);
  const given = model.objectives.flatMap((objective) => {
    const { output, target, column, means } = objective;
    const value = present(outputs, output);
    const undone = column && means.kind === 'number' ? { recipe, target: column.name, lookupStep } : undefined;
    const own = undone ? invertTarget(b, value, undone) : eachClass(b, value, means);
    const field = fieldOf(objective, { type: own.type, outputs: model.objectives.length });
    if (!('value' in target)) return [{ field, value: own }];
    const error = meanSquares(b, value, present(outputs, target.value));
    const name = model.objectives.length === 1 ? 'error' : `${output}.error`;
    return [
      { field, value: own },
      { field: { name, type: error.type, means: { kind: 'score' } } as const, value: error },
    ];
  });
  const predictor = b.build(Object.fromEntries(given.map(({ field, value }) => [field.name, value])));
  const inputs = Object.entries(predictor.inputs).map(([name, type]) => ({ name, type }));
  return { trained, predictor, signature: { inputs, outputs: given.map(({ field }) => field) } };
}

function present(outputs: Readonly<Record<string, Value>>, name: string): Value {
  const value = outputs[name];
  if (!value) throw new Error(`The model has no output "${name}".`);
  return value;
}

/** A column for each class, where the network has one for the second of two. */
function eachClass(b: ProgramBuilder, value: Value, means: Meaning): Value {
  if (means.kind !== 'classes' || value.type.shape.length !== 2 || value.type.shape[1] !== 1) return value;
  const first = b.subtract(b.constant(1, value.type.dtype), value);
  return b.value('concat', { xs: [first, value] }, { axis: 1 });
}

/** How far an output is from what it should be, a number a row: `[batch, 1]`. */
function meanSquares(b: ProgramBuilder, output: Value, target: Value): Value {
  const squares = b.unary('square', b.subtract(output, target));
  const axes = squares.type.shape.slice(1).map((_, i) => i + 1);
  return b.reshape(axes.length > 0 ? b.mean(squares, axes) : squares, ['batch', 1]);
}

/** The only output is called by what it is, so that every model of its kind is asked in the same way. */
export function fieldOf(
  { output, means, column }: Pick<PlannedObjective, 'output' | 'means' | 'column'>,
  { type, outputs }: { readonly type: OutputField['type']; readonly outputs: number },
): OutputField {
  const only = means.kind === 'classes' ? 'probabilities' : 'prediction';
  return { name: outputs === 1 ? only : output, type, means, ...(column ? { target: column.name } : {}) };
}

/** What enters the model at each of its inputs, `[batch, …]`. */
function boundValues(
  b: ProgramBuilder,
  { program, bindings }: Composition,
  recipe: FittedRecipe,
): ReadonlyMap<string, Value> {
  const bound = bindInputs(bindings, preparedColumns(recipe, lookupStep));
  if (isProblem(bound)) throw new ProblemError(bound);
  const only = new Set(bound.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const features = addPrologue(b, recipe, { lookupStep, only });
  return new Map(
    bound.map(({ input, columns }) => {
      const values = columns.flatMap(({ name }) => features.get(name) ?? []);
      return [input, checked(joinFeatures(b, values), { input, program })];
    }),
  );
}

function checked(value: Value, { input, program }: { readonly input: string; readonly program: Program }): Value {
  const expected = program.inputs[input];
  if (!expected || sameShape(expected.shape, value.type.shape)) return value;
  const values = { input, expected: formatShape(expected.shape), given: formatShape(value.type.shape) };
  return fail('input-shape-mismatch', values, { port: 'dataset' });
}

function addModel(b: ProgramBuilder, model: Program, inputs: ReadonlyMap<string, Value>): ReturnType<typeof copySteps> {
  if (Object.keys(model.inputs).length === 0) {
    fail('model-without-input', {}, { fix: { code: 'insert-node', mends: 'no-model-input' } });
  }
  const remap = copySteps(b, model, (step) => {
    if (step.op !== 'feed') return undefined;
    const value = inputs.get(String(step.attrs.name));
    if (!value) throw new Error(`Nothing enters the model at ${String(step.attrs.name)}.`);
    return { y: value };
  });
  for (const { state, value, phase } of model.updates) b.update(state, remap(value), phase);
  return remap;
}
