import type { TensorData } from '../ops/tensor';
import type { Checkpoint, RunContext } from '../runs/run-context';
import type { Column } from '../types/ports';
import { noneYet } from './early-stopping';
import type { EpochSummary, LastGood, TrainingCheckpoint, TrainingWatcher } from './train-network';

interface WatchOptions {
  readonly columns: readonly Column[];
  readonly checkpoints: boolean;
  readonly fold?: { readonly fold: number; readonly folds: number };
}

/** Puts training in front of a run: progress and epochs into the journal, checkpoints on disk, cancel by signal. */
export async function watchRun(
  ctx: RunContext,
  { columns, checkpoints, fold }: WatchOptions,
): Promise<TrainingWatcher> {
  const node = ctx.node.name;
  const unit = columns.some(({ role, type }) => role === 'feature' && type.kind === 'tensor') ? 'images/s' : 'rows/s';
  const saved = checkpoints ? await ctx.checkpoints.latest() : undefined;
  const save = async (checkpoint: Checkpoint) => {
    const hash = await ctx.checkpoints.save(checkpoint);
    ctx.emit({ type: 'checkpoint-saved', node, epoch: checkpoint.epoch, step: checkpoint.step, hash });
  };
  // From the middle of an epoch training would not take the way of a run without a break.
  const resumeFrom = saved?.step === 0 ? unpackCheckpoint(saved) : undefined;
  if (resumeFrom) ctx.emit({ type: 'training-resumed', node, epoch: resumeFrom.epoch });
  return {
    signal: ctx.signal,
    clock: () => performance.now() / 1000,
    onProgress: (progress) => ctx.emit({ type: 'training-progress', node, ...progress, unit, ...fold }),
    onEpoch: (summary) => ctx.emit({ type: 'epoch-finished', node, ...summary, ...fold }),
    ...(checkpoints
      ? {
          onCheckpoint: (checkpoint) => save(packCheckpoint(checkpoint)),
        }
      : {}),
    onWarning: (warning) => {
      // Folds are about as large as each other: once is enough.
      if ((fold?.fold ?? 1) === 1) ctx.emit({ type: 'problem', node, problem: { node, ...warning } });
    },
    onDiverged: async (lastGood) => {
      const isKept = checkpoints && lastGood.step === 0 && lastGood.epoch > 1;
      if (!isKept) await save(packLastGood(lastGood));
    },
    ...(resumeFrom ? { resumeFrom } : {}),
  };
}

/** After a loss that was no number: the weights, with no word on how to go on. */
function packLastGood({ epoch, step, state }: LastGood): Checkpoint {
  return { epoch: epoch - 1, step, tensors: state, progress: { stopping: noneYet, best: null, history: [] } };
}

const bestPrefix = 'best:';

function packCheckpoint({ epoch, state, stopping, best, history }: TrainingCheckpoint): Checkpoint {
  const bestTensors = Object.entries(best?.state ?? {}).map(([id, tensor]) => [`${bestPrefix}${id}`, tensor] as const);
  return {
    epoch,
    step: 0,
    tensors: { ...state, ...Object.fromEntries(bestTensors) },
    progress: { stopping, best: best && { epoch: best.epoch, value: best.value }, history },
  };
}

/** Checkpoints are written by `packCheckpoint` alone and checked by their hashes when they are read. */
function unpackCheckpoint({ epoch, tensors, progress }: Checkpoint): TrainingCheckpoint {
  const { stopping, best, history } = progress as {
    stopping: TrainingCheckpoint['stopping'];
    best: { epoch: number; value: number } | null;
    history: readonly EpochSummary[];
  };
  const pick = (isBest: boolean): Record<string, TensorData> =>
    Object.fromEntries(
      Object.entries(tensors)
        .filter(([id]) => id.startsWith(bestPrefix) === isBest)
        .map(([id, tensor]) => [isBest ? id.slice(bestPrefix.length) : id, tensor]),
    );
  return { epoch, state: pick(false), stopping, best: best && { ...best, state: pick(true) }, history };
}
