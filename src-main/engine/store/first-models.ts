import { outputTypesOf } from '../../../src-shared/fit/output-type';
import type { Program } from '../../../src-shared/ops/program';
import type { Predictor } from '../../../src-shared/runs/values';
import type { Meaning, OutputField } from '../../../src-shared/types/signature';

/** What stands beside the program, the recipe and the weights of a stored model. */
export type StoredModel = Omit<Predictor, 'artefact' | 'recipe'>;

interface Task {
  readonly task: 'classification' | 'regression';
  readonly classes?: readonly string[];
}

/** As stores of before hold it: one task, one target, one output. */
export type FirstStoredModel = Omit<StoredModel, 'signature'> & Task & { readonly target: string };

/** As stores of before hold predictions. */
export type FirstPredictions = Task;

export function withSignature({ task, classes, target, ...rest }: FirstStoredModel, program: Program): StoredModel {
  const inputs = Object.entries(program.inputs).map(([name, type]) => ({ name, type }));
  const means = meaningOf({ task, ...(classes ? { classes } : {}) });
  const outputs = Object.entries(outputTypesOf(program)).map(([name, type]) => ({ name, type, means, target }));
  return { ...rest, signature: { inputs, outputs } };
}

/** @param shape of the stored numbers, `[rows, width]` */
export function firstField(of: FirstPredictions, shape: readonly number[] = []): OutputField {
  const name = of.task === 'classification' ? 'probabilities' : 'prediction';
  return { name, type: { dtype: 'float32', shape: ['batch', shape[1] ?? 1] }, means: meaningOf(of) };
}

function meaningOf({ task, classes = [] }: Task): Meaning {
  return task === 'classification' ? { kind: 'classes', classes } : { kind: 'number' };
}
