import type { Entry } from '../ops/program';
import type { TensorData } from '../ops/tensor';
import { type Problem, problem } from '../problem';
import type { Programs, Session } from '../runs/run-context';
import { batchesOf } from './batch-source';
import { epochOrder } from './epoch-order';
import { isFiniteTensor } from './finite-state';
import type { LossNotFinite, TrainingPlan } from './train-network';

type Batch = Readonly<Record<string, TensorData>>;

interface Break {
  /** Steps of the epoch done when it was over, the broken one included. */
  readonly step: number;
  readonly layer: string;
  readonly what: 'loss' | 'gradients';
}

/**
 * Says which layer stopped giving numbers first, and at which step: goes the way from the last good weights again and
 * looks at every layer and every gradient on the way, since infinite gradients break the weights a step before the
 * loss tells of it.
 */
export async function explainLoss(failure: LossNotFinite, plan: TrainingPlan, programs: Programs): Promise<Problem> {
  const session = await programs.open(plan.program);
  try {
    const { step, layer, what } = await findBreak(session, failure, plan);
    const { epoch } = failure;
    const learningRate = rateAt(plan, epoch, step - 1);
    const to = Number((learningRate / 10).toPrecision(2));
    const fix = { code: 'set-param', param: 'optimizer.learningRate', to } as const;
    const code = what === 'loss' ? 'loss-not-finite' : 'gradients-not-finite';
    return problem(code, { epoch, step, layer, learningRate }, { param: 'optimizer.learningRate', fix });
  } finally {
    await session.close();
  }
}

async function findBreak(session: Session, failure: LossNotFinite, plan: TrainingPlan): Promise<Break> {
  const { epoch, lastGood } = failure;
  await session.run('init', lastGood.state);
  const batchAt = batchesOfEpoch(plan, epoch);
  for (let index = lastGood.step; index < failure.step; index++) {
    const batch = await batchAt(index);
    const layer = await firstBroken(session, plan, { entry: 'diagnose', batch });
    if (layer !== undefined) return { step: index + 1, layer, what: 'loss' };
    // Gradients are found from the last layer to the first.
    const weight = await firstBroken(session, plan, { entry: 'diagnoseGradients', batch, backwards: true });
    if (weight !== undefined) return { step: index + 1, layer: layerOf(weight), what: 'gradients' };
    const learningRate = { dtype: 'float32', shape: [], data: Float32Array.of(rateAt(plan, epoch, index)) } as const;
    await session.run('step', { ...batch, learningRate });
  }
  const broken = Object.entries(await session.run('snapshot')).find(([, tensor]) => !isFiniteTensor(tensor));
  return { step: failure.step, layer: broken ? layerOf(broken[0]) : 'loss', what: 'loss' };
}

/** The batches of an epoch, by the number of steps before them. */
function batchesOfEpoch(plan: TrainingPlan, epoch: number): (index: number) => Batch | Promise<Batch> {
  const reader = batchesOf(plan.columns);
  const order = epochOrder(plan.trainRows, { seed: plan.seed, epoch }, reader.disk);
  return (index) => reader.read(order, index * plan.batchSize, Math.min(order.length, (index + 1) * plan.batchSize));
}

function rateAt(plan: TrainingPlan, epoch: number, index: number): number {
  const steps = Math.ceil(plan.trainRows.length / plan.batchSize);
  return plan.learningRate((epoch - 1) * steps + index, steps * plan.epochs);
}

interface Look {
  readonly entry: 'diagnose' | 'diagnoseGradients';
  readonly batch: Batch;
  readonly backwards?: boolean;
}

async function firstBroken(
  session: Session,
  plan: TrainingPlan,
  { entry, batch, backwards = false }: Look,
): Promise<string | undefined> {
  const asked: Partial<Entry> = plan.program.entries[entry] ?? {};
  const feeds = Object.keys(asked.feeds ?? {}).flatMap((name) => {
    const data = batch[name];
    return data ? [[name, data] as const] : [];
  });
  const counts = await session.run(entry, Object.fromEntries(feeds));
  const names = Object.keys(asked.fetches ?? {});
  return (backwards ? names.reverse() : names).find((name) => Number(counts[name]?.data[0]) > 0);
}

/** States are named `layer/role`. */
function layerOf(state: string): string {
  return state.split('/')[0] ?? state;
}
