// What the scripts that train take down of a training: wall and CPU seconds of each epoch.
import type { TrainingWatcher } from '../../src-shared/fit/train-network';
import { medians } from './median-epoch.mjs';

/** Watches a training; the first epoch warms up (memory pools, pages). */
export class EpochClock {
  private readonly epochs: { readonly seconds: number; readonly cpu: number }[] = [];
  private started = 0;
  private loss: number | undefined;

  readonly watcher: TrainingWatcher = {
    signal: new AbortController().signal,
    clock: () => performance.now() / 1000,
    onProgress: () => {},
    onEpoch: ({ seconds, metrics }) => {
      this.epochs.push({ seconds, cpu: cpuSeconds() - this.started });
      this.loss = metrics.loss;
      this.started = cpuSeconds();
    },
  };

  /** Medians of all epochs but the first, and the last one's loss. */
  result(): object {
    return { ...medians(this.epochs.slice(1)), loss: this.loss };
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
