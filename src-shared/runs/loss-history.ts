/** Losses of neighbouring steps: their range and sum, so that a spike is still seen when many stand for one point. */
export interface LossBucket {
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly count: number;
}

/** A loss curve that never grows beyond `maxBuckets` points, however long training takes. */
export interface LossHistory {
  /** Steps in all. */
  readonly steps: number;
  /** Steps a full bucket holds; doubles whenever the curve is full. */
  readonly stride: number;
  readonly buckets: readonly LossBucket[];
  /** The newest loss. */
  readonly last?: number;
  /** The first step (from 0) whose loss was not a finite number; such steps are in no bucket. */
  readonly firstBad?: number;
}

export const maxBuckets = 512;
export const emptyHistory: LossHistory = { steps: 0, stride: 1, buckets: [] };

/** Adds the losses of further steps. A loss that is no number (JSON writes NaN as null) only marks its step. */
export function addLosses(history: LossHistory, losses: readonly (number | null)[]): LossHistory {
  const buckets = [...history.buckets];
  let { stride, steps, last, firstBad } = history;
  for (const loss of losses) {
    if (loss === null || !Number.isFinite(loss)) firstBad ??= steps;
    else {
      if (buckets.length === maxBuckets && isFull(buckets.at(-1), stride)) {
        buckets.splice(0, buckets.length, ...halve(buckets));
        stride *= 2;
      }
      add(buckets, loss, stride);
      last = loss;
    }
    steps++;
  }
  return {
    steps,
    stride,
    buckets,
    ...(last === undefined ? {} : { last }),
    ...(firstBad === undefined ? {} : { firstBad }),
  };
}

function isFull(bucket: LossBucket | undefined, stride: number): boolean {
  return bucket !== undefined && bucket.count >= stride;
}

function add(buckets: LossBucket[], loss: number, stride: number): void {
  const open = buckets.at(-1);
  const one = { min: loss, max: loss, sum: loss, count: 1 };
  if (open && !isFull(open, stride)) buckets[buckets.length - 1] = join(open, one);
  else buckets.push(one);
}

function halve(buckets: readonly LossBucket[]): LossBucket[] {
  const halved: LossBucket[] = [];
  for (let i = 0; i < buckets.length; i += 2) {
    const [a, b] = [buckets[i], buckets[i + 1]];
    if (a) halved.push(b ? join(a, b) : a);
  }
  return halved;
}

function join(a: LossBucket, b: LossBucket): LossBucket {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), sum: a.sum + b.sum, count: a.count + b.count };
}
