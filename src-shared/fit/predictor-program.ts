import { copySteps } from '../compile/copy-steps';
import { lookupOp } from '../ops/catalog';
import { formatShape, sameShape } from '../ops/dims';
import type { Program, Value } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import { fail } from '../problem';
import { lookupStep } from '../recipe/catalog';
import type { FittedRecipe } from '../recipe/define-step';
import { addPrologue } from '../recipe/prologue';
import { invertTarget } from '../recipe/target';
import type { Task } from '../types/ports';

export interface PredictorPrograms {
  /** Raw columns in, the model's own output `output` out: what is trained. */
  readonly trained: Program;
  /** Raw columns in, `probabilities` or `prediction` (in the target's own units) out: what is kept and exported. */
  readonly predictor: Program;
}

/**
 * Puts the fitted value steps of a recipe in front of a model as ops.
 * @param model the region that was wired, with one input and the output `y`
 * @throws ProblemError `input-shape-mismatch` where the data do not fit the model's input
 */
export function composePredictor(
  model: Program,
  recipe: FittedRecipe,
  { task, target }: { readonly task: Task; readonly target: string },
): PredictorPrograms {
  const b = new ProgramBuilder(lookupOp);
  const { features } = addPrologue(b, recipe, lookupStep);
  const output = addModel(b, model, features);
  const trained = b.build({ output });
  if (task === 'classification') return { trained, predictor: b.build({ probabilities: output }) };
  const prediction = invertTarget(b, output, { recipe, target, lookupStep });
  return { trained, predictor: b.build({ prediction }) };
}

function addModel(b: ProgramBuilder, model: Program, features: Value): Value {
  const [name, type] = Object.entries(model.inputs)[0] ?? [];
  if (!type) return fail('model-without-input', {}, { fix: { code: 'insert-node', mends: 'no-model-input' } });
  if (!sameShape(type.shape, features.type.shape)) {
    const values = { input: name ?? '', expected: formatShape(type.shape), given: formatShape(features.type.shape) };
    return fail('input-shape-mismatch', values, { port: 'dataset' });
  }
  const remap = copySteps(b, model, (step) => (step.op === 'feed' ? { y: features } : undefined));
  for (const { state, value, phase } of model.updates) b.update(state, remap(value), phase);
  const y = model.outputs.y;
  if (!y) throw new Error('A model region has the output y.');
  return remap(y);
}
