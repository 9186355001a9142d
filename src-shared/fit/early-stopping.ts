import { lookupMetric } from '../compile/metrics/catalog';
import { readMeasure } from '../compile/metrics/measure-name';

export interface EarlyStoppingSettings {
  /** The name of what is watched, as training measures it; `val…` are of the validation rows. */
  readonly monitor: string;
  /** Epochs without improvement before training stops. */
  readonly patience: number;
  /** A change smaller than this does not count. */
  readonly minDelta: number;
}

export interface EarlyStoppingState {
  readonly best: number | null;
  readonly bestEpoch: number;
  readonly waited: number;
}

export const noneYet: EarlyStoppingState = { best: null, bestEpoch: 0, waited: 0 };

/** Keras' EarlyStopping as a pure fold over epochs. */
export function watchEpoch(
  state: EarlyStoppingState,
  {
    epoch,
    value,
    settings,
  }: { readonly epoch: number; readonly value: number; readonly settings: EarlyStoppingSettings },
): EarlyStoppingState & { readonly improved: boolean; readonly stop: boolean } {
  const improved = state.best === null || isBetter(value, state.best, settings);
  const next = improved ? { best: value, bestEpoch: epoch, waited: 0 } : { ...state, waited: state.waited + 1 };
  return { ...next, improved, stop: !improved && next.waited >= settings.patience };
}

function isBetter(value: number, best: number, { monitor, minDelta }: EarlyStoppingSettings): boolean {
  return isBetterHigher(monitor) ? value - minDelta > best : value + minDelta < best;
}

/** Losses are better when they are lower; of metrics the catalogue says it. */
function isBetterHigher(monitor: string): boolean {
  const { metric } = readMeasure(monitor);
  return metric !== 'loss' && lookupMetric(metric).isBetterHigher;
}
