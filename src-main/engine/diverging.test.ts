import { describe, expect, it } from 'vitest';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { initialState } from '../../src-shared/compile/initializers';
import { epochOrder } from '../../src-shared/fit/epoch-order';
import { explainLoss } from '../../src-shared/fit/explain-loss';
import { isFiniteState } from '../../src-shared/fit/finite-state';
import { LossNotFinite, type TrainingPlan, trainNetwork } from '../../src-shared/fit/train-network';
import { lookupOp } from '../../src-shared/ops/catalog';
import { ProgramBuilder } from '../../src-shared/ops/program-builder';
import { openTensorflowRunner } from '../backends/tensorflow/runner';
import { tensorflowObstacle } from '../backends/test-programs/tensorflow-obstacle';

const rows = 40;
const seed = 7;

/** √(x·w) of positive x: the loss is a number everywhere, the gradient of a row of zeros is not. */
function rootOfDense() {
  const b = new ProgramBuilder(lookupOp);
  const x = b.input('x', { dtype: 'float32', shape: ['batch', 2] });
  const kernel = b.inScope('dense', () =>
    b.declare({ id: 'dense/kernel', type: { dtype: 'float32', shape: [2, 1] }, init: { type: 'ones' } }),
  );
  const y = b.inScope('root', () =>
    b.unary(
      'sqrt',
      b.inScope('dense', () => b.matMul(x, kernel)),
    ),
  );
  return b.build({ y });
}

/** @param zeroRow the row that breaks training */
function planOf(zeroRow: number): TrainingPlan {
  const optimizer = { type: 'sgd', learningRate: 0.01, momentum: 0, nesterov: false } as const;
  const program = compileTraining({
    program: rootOfDense(),
    objectives: [{ output: 'y', loss: 'meanSquaredError' }],
    optimizer,
  });
  const values = Float32Array.from({ length: rows * 2 }, (_, i) => (i >> 1 === zeroRow ? 0 : 1 + (i % 5)));
  return {
    program,
    initial: initialState(program, 3),
    columns: [
      { name: 'x', dtype: 'float32', rowShape: [2], values },
      { name: 'target/y', dtype: 'float32', rowShape: [1], values: new Float32Array(rows).fill(2) },
    ],
    trainRows: Int32Array.from({ length: rows }, (_, row) => row),
    validationRows: new Int32Array(0),
    epochs: 1,
    batchSize: 4,
    learningRate: () => 0.01,
    seed,
  };
}

describe.skipIf(tensorflowObstacle())('training whose gradients are infinite while the loss is a number', () => {
  const watcher = {
    signal: new AbortController().signal,
    clock: () => 0,
    onProgress: () => undefined,
    onEpoch: () => undefined,
  };
  const breakOf = async (plan: TrainingPlan) => {
    const programs = openTensorflowRunner({ lookup: lookupOp });
    const failure = await trainNetwork(plan, watcher, programs).catch((error: unknown) => error);
    if (!(failure instanceof LossNotFinite)) throw new Error('Training did not break.');
    return { failure, problem: await explainLoss(failure, plan, programs) };
  };

  it('names the step and the layer, and keeps the weights before it', async () => {
    const zeroRow = epochOrder(planOf(0).trainRows, { seed, epoch: 1 })[13] ?? 0;
    const { failure, problem } = await breakOf(planOf(zeroRow));
    expect(isFiniteState(failure.lastGood.state)).toBe(true);
    // The fourth batch of four; the loss tells of it a step later.
    expect(failure.step).toBe(5);
    expect(problem).toMatchObject({ code: 'gradients-not-finite', values: { epoch: 1, step: 4, layer: 'dense' } });
    expect(problem.fix).toEqual({ code: 'set-param', param: 'optimizer.learningRate', to: 0.001 });
  });

  it('does not hand back broken weights where the last step of all broke them', async () => {
    const lastRow = epochOrder(planOf(0).trainRows, { seed, epoch: 1 }).at(-1) ?? 0;
    const { failure, problem } = await breakOf(planOf(lastRow));
    expect(failure).toMatchObject({ epoch: 1, step: 10 });
    expect(problem).toMatchObject({ code: 'gradients-not-finite', values: { step: 10, layer: 'dense' } });
  });
});
