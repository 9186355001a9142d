import type { TensorData } from '../ops/tensor';
import { type Problem, problem } from '../problem';
import type { Programs, Session } from '../runs/run-context';
import { BatchReader } from './feed-columns';
import { epochOrder, type LossNotFinite, type TrainingPlan, type Weights } from './train-network';

type Batch = Readonly<Record<string, TensorData>>;

/**
 * Says which layer stopped giving numbers first: replays the training from the last good weights to the step before
 * the loss broke, then looks at every layer on the batch that broke it.
 */
export async function explainLoss(failure: LossNotFinite, plan: TrainingPlan, programs: Programs): Promise<Problem> {
  const session = await programs.open(plan.program);
  try {
    const batch = await replay(session, failure, plan);
    const layer = brokenWeight(await session.run('snapshot')) ?? (await brokenLayer(session, plan, batch)) ?? 'loss';
    const { epoch, step, learningRate } = failure;
    const to = Number((learningRate / 10).toPrecision(2));
    const fix = { code: 'set-param', param: 'optimizer.learningRate', to } as const;
    return problem('loss-not-finite', { epoch, step, layer, learningRate }, { param: 'optimizer.learningRate', fix });
  } finally {
    await session.close();
  }
}

/** Puts the session where it was just before the step that broke; returns that step's batch. */
async function replay(session: Session, { epoch, step, lastGood }: LossNotFinite, plan: TrainingPlan): Promise<Batch> {
  await session.run('init', lastGood.state);
  const order = epochOrder(plan.trainRows, plan.seed, epoch);
  const steps = Math.ceil(order.length / plan.batchSize);
  const reader = new BatchReader(plan.columns);
  const batchAt = (index: number): Batch =>
    reader.read(order, index * plan.batchSize, Math.min(order.length, (index + 1) * plan.batchSize));
  for (let index = lastGood.step; index < step - 1; index++) {
    const rate = plan.learningRate((epoch - 1) * steps + index, steps * plan.epochs);
    const learningRate = { dtype: 'float32', shape: [], data: Float32Array.of(rate) } as const;
    await session.run('step', { ...batchAt(index), learningRate });
  }
  return batchAt(step - 1);
}

function brokenWeight(state: Weights): string | undefined {
  const broken = Object.entries(state).find(
    ([, { data }]) => data instanceof Float32Array && data.some((value) => !Number.isFinite(value)),
  );
  return broken?.[0].split('/')[0];
}

async function brokenLayer(session: Session, plan: TrainingPlan, batch: Batch): Promise<string | undefined> {
  const feeds = Object.keys(plan.program.entries.diagnose?.feeds ?? {}).flatMap((name) => {
    const data = batch[name];
    return data ? [[name, data] as const] : [];
  });
  const counts = await session.run('diagnose', Object.fromEntries(feeds));
  return Object.keys(counts).find((layer) => Number(counts[layer]?.data[0]) > 0);
}
