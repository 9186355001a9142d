import { describe, expect, it } from 'vitest';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { initialState } from '../../src-shared/compile/initializers';
import { explainLoss } from '../../src-shared/fit/explain-loss';
import {
  type EpochSummary,
  LossNotFinite,
  type StepProgress,
  type TrainingCheckpoint,
  type TrainingPlan,
  trainNetwork,
} from '../../src-shared/fit/train-network';
import { lookupOp } from '../../src-shared/ops/catalog';
import { ProgramBuilder } from '../../src-shared/ops/program-builder';
import { createRandom } from '../../src-shared/random';
import { openTensorflowRunner } from '../backends/tensorflow/runner';

const programs = openTensorflowRunner({ lookup: lookupOp });
const rows = 400;

/** Points in two overlapping clouds per class: learnable, but not at once. */
function clouds() {
  const random = createRandom(5);
  const labels = Int32Array.from({ length: rows }, (_, row) => row % 3);
  const points = new Float32Array(rows * 2);
  for (let row = 0; row < rows; row++) {
    const angle = ((labels[row] ?? 0) * 2 * Math.PI) / 3;
    points[row * 2] = Math.cos(angle) + random.normal() * 0.4;
    points[row * 2 + 1] = Math.sin(angle) + random.normal() * 0.4;
  }
  return [
    { name: 'x', dtype: 'float32', rowShape: [2], values: points },
    { name: 'target/y', dtype: 'int32', rowShape: [], values: labels },
  ] as const;
}

function network() {
  const b = new ProgramBuilder(lookupOp);
  const dense = (name: string, x: ReturnType<typeof b.input>, units: number) =>
    b.inScope(name, () => {
      const inputs = Number(x.type.shape[1]);
      const kernel = b.declare({
        id: `${name}/kernel`,
        type: { dtype: 'float32', shape: [inputs, units] },
        init: { type: 'glorotUniform' },
      });
      const bias = b.declare({
        id: `${name}/bias`,
        type: { dtype: 'float32', shape: [units] },
        init: { type: 'zeros' },
      });
      return b.value('biasAdd', { x: b.matMul(x, kernel), bias });
    });
  const x = b.input('x', { dtype: 'float32', shape: ['batch', 2] });
  const hidden = b.inScope('dense', () => b.unary('relu', dense('dense', x, 16)));
  const y = b.inScope('dense_1', () => b.unary('softmax', dense('dense_1', hidden, 3)));
  return b.build({ y });
}

function planOf(changes: Partial<TrainingPlan> = {}, rate = 0.01): TrainingPlan {
  const optimizer = { type: 'adam', learningRate: rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
  const program = compileTraining({
    program: network(),
    objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] }],
    optimizer,
  });
  return {
    program,
    initial: initialState(program, 3),
    columns: clouds(),
    trainRows: Int32Array.from({ length: 300 }, (_, i) => i),
    validationRows: Int32Array.from({ length: 100 }, (_, i) => 300 + i),
    epochs: 4,
    batchSize: 32,
    learningRate: () => rate,
    seed: 7,
    ...changes,
  };
}

function watch(resumeFrom?: TrainingCheckpoint) {
  const seen = { steps: [] as StepProgress[], epochs: [] as EpochSummary[], checkpoints: [] as TrainingCheckpoint[] };
  const controller = new AbortController();
  const watcher = {
    signal: controller.signal,
    clock: () => performance.now() / 1000,
    onProgress: (step: StepProgress) => seen.steps.push(step),
    onEpoch: (epoch: EpochSummary) => seen.epochs.push(epoch),
    onCheckpoint: async (checkpoint: TrainingCheckpoint) => {
      seen.checkpoints.push(checkpoint);
    },
    ...(resumeFrom ? { resumeFrom } : {}),
  };
  return { seen, controller, watcher };
}

describe('trainNetwork on libtensorflow', () => {
  it('learns, reports every step’s loss once, and validates each epoch', async () => {
    const { seen, watcher } = watch();
    await trainNetwork(planOf({ epochs: 8 }), watcher, programs);
    expect(seen.steps.flatMap((step) => step.loss)).toHaveLength(8 * 10);
    expect(seen.epochs).toHaveLength(8);
    expect(seen.epochs.at(-1)?.metrics.valAccuracy).toBeGreaterThan(0.85);
    expect(seen.epochs.at(-1)?.metrics.loss).toBeLessThan(seen.epochs[0]?.metrics.loss ?? 0);
    expect(seen.steps.at(-1)).toMatchObject({ epoch: 8, epochs: 8, step: 10, steps: 10, remaining: 0 });
  });

  it('gives the same bits twice, and others for another seed', async () => {
    const [a, b, c] = [
      await trainNetwork(planOf(), watch().watcher, programs),
      await trainNetwork(planOf(), watch().watcher, programs),
      await trainNetwork(planOf({ seed: 8 }), watch().watcher, programs),
    ];
    expect(b.state).toEqual(a.state);
    expect(c.state).not.toEqual(a.state);
  });

  it('resumed from a checkpoint ends in the same bits as without the break', async () => {
    const whole = watch();
    const result = await trainNetwork(planOf(), whole.watcher, programs);
    const resumed = watch(whole.seen.checkpoints[1]);
    const again = await trainNetwork(planOf(), resumed.watcher, programs);
    expect(resumed.seen.epochs.map(({ epoch }) => epoch)).toEqual([3, 4]);
    expect(again.state).toEqual(result.state);
    expect(again.history.map(({ metrics }) => metrics)).toEqual(result.history.map(({ metrics }) => metrics));
  });

  it('stops early and hands back the best epoch’s weights', async () => {
    const { seen, watcher } = watch();
    const monitor = 'valLoss' as const;
    const plan = planOf(
      { epochs: 60, earlyStopping: { monitor, patience: 2, minDelta: 0.02 }, keepBest: monitor },
      0.05,
    );
    const result = await trainNetwork(plan, watcher, programs);
    expect(seen.epochs.length).toBeLessThan(60);
    const losses = seen.epochs.map(({ metrics }) => metrics.valLoss ?? Number.NaN);
    const best = losses.indexOf(Math.min(...losses));
    expect(result.state).toEqual(seen.checkpoints[best]?.state);
  });

  it('stops within a step when it is cancelled', async () => {
    const { controller, watcher } = watch();
    const progress = watcher.onProgress;
    watcher.onProgress = (step) => {
      controller.abort();
      return progress(step);
    };
    await expect(trainNetwork(planOf({ epochs: 1000 }), watcher, programs)).rejects.toThrow();
  });

  it('stops at the step whose loss is not a number and says which layer broke first', async () => {
    const plan = planOf({ epochs: 50, learningRate: (step) => (step > 14 ? 1e30 : 0.01) });
    const failure = await trainNetwork(plan, watch().watcher, programs).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LossNotFinite);
    // The line above proves it.
    const broken = failure as LossNotFinite;
    expect(
      Object.values(broken.lastGood.state).every(({ data }) => Array.from(data, Number).every(Number.isFinite)),
    ).toBe(true);
    const problem = await explainLoss(broken, plan, programs);
    expect(problem.code).toBe('loss-not-finite');
    expect(['dense', 'dense_1']).toContain(problem.values?.layer);
    expect(problem.fix?.param).toBe('optimizer.learningRate');
  });
});
