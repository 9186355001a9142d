import type { Box } from '../../src-shared/document/arrange';

const cell = 256;
/** What spans more cells than this is looked at one by one. */
const manyCells = 400;

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface KnownBox extends Rect {
  readonly id: string;
}

/** Finds what lies in a part of the canvas without looking at everything. */
export class BoxIndex {
  private readonly cells = new Map<number, KnownBox[]>();
  private readonly all: KnownBox[] = [];
  private readonly large: KnownBox[] = [];

  constructor(boxes: Iterable<readonly [string, Box]>) {
    for (const [id, { x, y, width, height }] of boxes) {
      this.add({ id, left: x, top: y, right: x + width, bottom: y + height });
    }
  }

  /** Boxes that have something in common with the inside of a rectangle. */
  within(rect: Rect): KnownBox[] {
    const found = new Set<KnownBox>();
    this.find(rect, (box) => {
      found.add(box);
      return false;
    });
    return [...found];
  }

  /** The first box in a rectangle that a test holds for. A box may be tested more than once. */
  find(rect: Rect, test: (box: KnownBox) => boolean): KnownBox | undefined {
    if (cellCount(rect) > manyCells) return this.all.find((box) => overlaps(box, rect) && test(box));
    const [right, bottom] = [Math.floor(rect.right / cell), Math.floor(rect.bottom / cell)];
    for (let x = Math.floor(rect.left / cell); x <= right; x++) {
      for (let y = Math.floor(rect.top / cell); y <= bottom; y++) {
        for (const box of this.cells.get(keyOf(x, y)) ?? []) if (overlaps(box, rect) && test(box)) return box;
      }
    }
    return this.large.find((box) => overlaps(box, rect) && test(box));
  }

  private add(box: KnownBox): void {
    this.all.push(box);
    if (cellCount(box) > manyCells) {
      this.large.push(box);
      return;
    }
    for (let x = Math.floor(box.left / cell); x <= Math.floor(box.right / cell); x++) {
      for (let y = Math.floor(box.top / cell); y <= Math.floor(box.bottom / cell); y++) {
        const list = this.cells.get(keyOf(x, y));
        if (list) list.push(box);
        else this.cells.set(keyOf(x, y), [box]);
      }
    }
  }
}

/** Far away cells may share a key: what is in them is looked at anyway. */
function keyOf(x: number, y: number): number {
  return x * 1_000_003 + y;
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

function cellCount({ left, top, right, bottom }: Rect): number {
  return ((right - left) / cell + 1) * ((bottom - top) / cell + 1);
}
