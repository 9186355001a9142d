import { lookupOp } from '../../../src-shared/ops/catalog';
import type { Entry, StepProgram, ValueRef } from '../../../src-shared/ops/program';
import { ProgramBuilder } from '../../../src-shared/ops/program-builder';
import type { TensorType } from '../../../src-shared/ops/tensor';

const rows: TensorType = { dtype: 'float32', shape: ['batch', 2] };
const scalar: TensorType = { dtype: 'float32', shape: [] };

/**
 * Gradient descent by hand on the mean of (x · w)², w of shape [2, 1], with a counter of steps: state, feeds,
 * fetches and effects, small enough to be followed on paper. Its weight belongs to the canvas node `层 1`.
 */
export function descentProgram(): StepProgram {
  const b = new ProgramBuilder(lookupOp);
  const kernel: TensorType = { dtype: 'float32', shape: [2, 1] };
  const w = b.inScope('层 1', () => b.declare({ id: '层 1/kernel', type: kernel, init: { type: 'zeros' } }));
  const count = b.declare({
    id: 'steps',
    type: { dtype: 'int32', shape: [] },
    init: { type: 'zeros' },
    kind: 'metric',
  });
  const x = b.feed('x', rows);
  const rate = b.feed('learningRate', scalar);
  const y = b.inScope('层 1', () => b.matMul(x, w));
  const loss = b.mean(b.unary('square', y), [0, 1]);
  const gradient = b.multiply(b.matMul(x, y, { transposeA: true }), b.divide(b.constant(2), b.dimSize(x, 0)));
  const step = effect(b, '层 1/kernel', b.subtract(w, b.multiply(gradient, rate)));
  b.op('assignAdd', { value: b.constant(1, 'int32', []) }, { state: 'steps' });
  const counted = lastStep(b);
  const restore = [effect(b, '层 1/kernel', b.feed('kernel', kernel)), effect(b, 'steps', b.feed('steps', count.type))];
  const entries: Record<string, Entry> = {
    init: { feeds: { kernel, steps: count.type }, fetches: {}, targets: restore },
    step: { feeds: { x: rows, learningRate: scalar }, fetches: { loss: ref(loss) }, targets: [step, counted] },
    predict: { feeds: { x: rows }, fetches: { y: ref(y) }, targets: [] },
    snapshot: { feeds: {}, fetches: { kernel: ref(w), steps: ref(count) }, targets: [] },
  };
  return { state: b.state, steps: b.steps, entries, functions: {} };
}

function effect(b: ProgramBuilder, state: string, value: ValueRef): string {
  b.op('assign', { value }, { state });
  return lastStep(b);
}

function lastStep(b: ProgramBuilder): string {
  return b.steps.at(-1)?.id ?? '';
}

function ref({ step, output }: ValueRef): ValueRef {
  return { step, output };
}
