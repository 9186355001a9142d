import type { Point } from './wire-path';

/** Wires closer than this to each other, side by side, cannot be told apart. */
const tooClose = 7;

interface Taken {
  readonly low: number;
  readonly high: number;
  readonly at: number;
  /** Port that the wire leaves: its wires may share their way. */
  readonly trunk: string;
}

/** Where wires run already, so that another one keeps its distance. */
export class Lanes {
  private readonly flat = new Map<number, Taken[]>();
  private readonly upright = new Map<number, Taken[]>();

  /** How far a straight piece would run on top of wires from other ports. */
  shared(a: Point, b: Point, trunk: string): number {
    return this.beside(a, b, (other, at) => other.trunk !== trunk && Math.abs(other.at - at) < tooClose);
  }

  /** How far it would run along wires from its own port. */
  joined(a: Point, b: Point, trunk: string): number {
    return this.beside(a, b, (other, at) => other.trunk === trunk && other.at === at);
  }

  private beside(a: Point, b: Point, counts: (other: Taken, at: number) => boolean): number {
    const isFlat = a.y === b.y;
    const at = isFlat ? a.y : a.x;
    const [low, high] = isFlat ? sorted(a.x, b.x) : sorted(a.y, b.y);
    const map = isFlat ? this.flat : this.upright;
    let sum = 0;
    for (let bucket = bucketOf(at) - 1; bucket <= bucketOf(at) + 1; bucket++) {
      for (const other of map.get(bucket) ?? []) {
        const length = Math.min(high, other.high) - Math.max(low, other.low);
        if (length > 0 && counts(other, at)) sum += length;
      }
    }
    return sum;
  }

  take(points: readonly Point[], trunk: string): void {
    points.slice(1).forEach((b, index) => {
      const a = points[index] ?? b;
      const isFlat = a.y === b.y;
      const at = isFlat ? a.y : a.x;
      const [low, high] = isFlat ? sorted(a.x, b.x) : sorted(a.y, b.y);
      const map = isFlat ? this.flat : this.upright;
      const list = map.get(bucketOf(at)) ?? [];
      list.push({ low, high, at, trunk });
      map.set(bucketOf(at), list);
    });
  }
}

function bucketOf(at: number): number {
  return Math.floor(at / tooClose);
}

function sorted(a: number, b: number): readonly [number, number] {
  return a < b ? [a, b] : [b, a];
}
