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
  private readonly cells = new Map<string, KnownBox[]>();
  private readonly all: KnownBox[] = [];
  private readonly large: KnownBox[] = [];

  constructor(boxes: Iterable<readonly [string, Box]>) {
    for (const [id, { x, y, width, height }] of boxes)
      this.add({ id, left: x, top: y, right: x + width, bottom: y + height });
  }

  /** Boxes that have something in common with the inside of a rectangle. */
  within(rect: Rect): KnownBox[] {
    if (cellCount(rect) > manyCells) return this.all.filter((box) => overlaps(box, rect));
    const found = new Set(this.large.filter((box) => overlaps(box, rect)));
    for (const key of keysOf(rect)) {
      for (const box of this.cells.get(key) ?? []) if (overlaps(box, rect)) found.add(box);
    }
    return [...found];
  }

  private add(box: KnownBox): void {
    this.all.push(box);
    if (cellCount(box) > manyCells) {
      this.large.push(box);
      return;
    }
    for (const key of keysOf(box)) {
      const list = this.cells.get(key);
      if (list) list.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

function overlaps(a: Rect, b: Rect): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

function cellCount({ left, top, right, bottom }: Rect): number {
  return ((right - left) / cell + 1) * ((bottom - top) / cell + 1);
}

function* keysOf({ left, top, right, bottom }: Rect): Generator<string> {
  for (let x = Math.floor(left / cell); x <= Math.floor(right / cell); x++) {
    for (let y = Math.floor(top / cell); y <= Math.floor(bottom / cell); y++) yield `${x} ${y}`;
  }
}
