import { targetFeedName } from '../compile/compile-training';
import { computeOnHost } from '../compile/compute-on-host';
import { lookupOp } from '../ops/catalog';
import { ProgramBuilder } from '../ops/program-builder';
import type { TensorType } from '../ops/tensor';
import { fail } from '../problem';
import { lookupStep } from '../recipe/catalog';
import type { FittedRecipe } from '../recipe/define-step';
import { applyTarget, scalesTarget } from '../recipe/target';
import type { ColumnNumbers, OpenTable } from '../runs/run-context';
import type { Column } from '../types/ports';
import type { Meaning } from '../types/signature';
import type { FeedColumn } from './feed-columns';

/**
 * The true values of a target for every source row: class codes where the output is about classes, else numbers.
 * @param rows the rows whose truth is needed; others may be missing
 * @throws ProblemError `missing-target` where a row that is needed has none
 */
export async function readTruth(
  open: OpenTable,
  target: Column,
  { rows, means }: { readonly rows: Int32Array; readonly means: Meaning },
): Promise<ColumnNumbers> {
  if (target.type.kind === 'tensor') return fail('target-is-tensor', { column: target.name });
  const values = await open.read(target.name);
  const classes = target.classes ?? [];
  const isMissing = (value: number) => (values instanceof Int32Array ? value >= classes.length : Number.isNaN(value));
  const missing = rows.reduce((count, row) => count + (isMissing(values[row] ?? Number.NaN) ? 1 : 0), 0);
  if (missing > 0) {
    const fix = { code: 'insert-node', mends: 'missing-target', columns: [target.name] } as const;
    fail('missing-target', { column: target.name, rows: missing }, { port: 'dataset', fix });
  }
  if (means.kind === 'classes') return classCodes(values, target);
  return values instanceof Int32Array ? Float64Array.from(values, (code) => Number(classes[code])) : values;
}

function classCodes(values: ColumnNumbers, target: Column): Int32Array {
  if (values instanceof Int32Array) return values;
  return fail('loss-needs-class-target', { column: target.name, loss: '' }, { param: 'loss' });
}

/**
 * The target of every row in the form a loss wants: codes `[batch]`, numbers `[batch, 1]`, or one-hot rows.
 * @param output the program's output that is compared with it
 * @param type what the loss compares with
 * @param values class codes, or numbers already scaled as the recipe says
 */
export function targetFeed(
  output: string,
  { type, values }: { readonly type: TensorType; readonly values: ColumnNumbers },
): FeedColumn {
  const name = targetFeedName(output);
  if (type.dtype === 'int32') return { name, dtype: 'int32', rowShape: [], values: Int32Array.from(values) };
  const width = type.shape.at(-1);
  if (typeof width !== 'number' || type.shape.length !== 2) {
    return fail('output-not-a-vector', { shape: [...type.shape] }, { port: 'output' });
  }
  if (width === 1) return { name, dtype: 'float32', rowShape: [1], values: Float32Array.from(values) };
  const oneHot = new Float32Array(values.length * width);
  for (const [row, code] of values.entries()) if (code < width) oneHot[row * width + code] = 1;
  return { name, dtype: 'float32', rowShape: [width], values: oneHot };
}

/**
 * A numeric target as the recipe's steps scale it, for every row of the table. It is computed on doubles and rounded
 * once: a time or an amount is not float32 before it was scaled.
 */
export function scaleTarget(
  truth: ColumnNumbers,
  { recipe, target }: { readonly recipe: FittedRecipe; readonly target: Column },
): Float32Array {
  if (!scalesTarget({ recipe, target: target.name, lookupStep })) return Float32Array.from(truth);
  const b = new ProgramBuilder(lookupOp);
  const x = b.input('x', { dtype: 'float64', shape: ['batch'] });
  const y = b.cast(applyTarget(b, x, { recipe, target: target.name, lookupStep }), 'float32');
  const feed = { dtype: 'float64', shape: [truth.length], data: Float64Array.from(truth) } as const;
  return Float32Array.from(computeOnHost(b.build({ y }), { x: feed }, lookupOp).y?.data as Float32Array);
}
