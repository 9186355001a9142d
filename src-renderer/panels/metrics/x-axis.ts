import type { NodeRun } from '../../../src-shared/runs/run-state';

/** What lies under a curve: optimizer steps, passes over the data, or seconds of training. */
export type XAxis = 'step' | 'epoch' | 'time';
export const xAxes: readonly XAxis[] = ['step', 'epoch', 'time'];

/** Places of steps and of epochs on an axis. */
export interface AxisPlaces {
  readonly ofStep: (step: number) => number;
  /** An epoch's numbers are known at its end. */
  readonly ofEpoch: (epoch: number, fold?: number) => number;
}

export interface Pace {
  readonly epochs: NodeRun['epochs'];
  /** Of one epoch. */
  readonly steps?: number | undefined;
  /** Epochs that an earlier run had done. */
  readonly resumedAfter?: number | undefined;
}

/** How a training's steps and epochs lie on an axis; undefined while that is not known yet. */
export function placesOn(axis: XAxis, { epochs, steps: perEpoch, resumedAfter = 0 }: Pace): AxisPlaces | undefined {
  if (!perEpoch) return undefined;
  if (axis === 'step') {
    return { ofStep: (step) => step + resumedAfter * perEpoch, ofEpoch: (epoch) => epoch * perEpoch };
  }
  if (axis === 'epoch') return { ofStep: (step) => resumedAfter + step / perEpoch, ofEpoch: (epoch) => epoch };
  if (epochs.length === 0) return undefined;
  const all = elapsed(epochs.map(({ seconds }) => seconds));
  return {
    ofStep: (step) => secondsAt(all, step / perEpoch),
    ofEpoch: (epoch, fold) => {
      const own = epochs.filter((each) => each.fold === fold);
      const at = own.findIndex((each) => each.epoch === epoch);
      return elapsed(own.map(({ seconds }) => seconds))[at + 1] ?? 0;
    },
  };
}

/** Seconds at the start, and at the end of each epoch. */
function elapsed(seconds: readonly number[]): number[] {
  const ends = [0];
  for (const each of seconds) ends.push((ends.at(-1) ?? 0) + each);
  return ends;
}

/** Between the ends of epochs time runs evenly; behind the last one as fast as before. */
function secondsAt(ends: readonly number[], epochs: number): number {
  const last = ends.length - 1;
  const whole = Math.min(Math.floor(epochs), last);
  const from = ends[whole] ?? 0;
  const mean = (ends[last] ?? 0) / last;
  const length = whole < last ? (ends[whole + 1] ?? 0) - from : mean;
  return from + (epochs - whole) * length;
}
