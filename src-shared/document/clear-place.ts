import type { Box, Boxes } from './arrange';
import type { YardDocument } from './document';

/** Room between a new node and those that are there. */
const gap = 48;

/**
 * The wanted place, or the first one to the right of it where a box of this size covers no other: nodes that are added
 * one after another stand in a row.
 */
export function clearPlace(
  boxes: Boxes,
  wanted: readonly [number, number],
  size: { readonly width: number; readonly height: number },
): readonly [number, number] {
  const all = Object.values(boxes);
  const y = wanted[1];
  let x = wanted[0];
  for (;;) {
    const own: Box = { x, y, ...size };
    const inTheWay = all.filter((box) => overlaps(own, box));
    if (inTheWay.length === 0) return [x, y];
    x = Math.ceil((Math.max(...inTheWay.map((box) => box.x + box.width)) + gap) / 8) * 8;
  }
}

/** Where notes stand, which nobody wants to have covered either. */
export function noteBoxes({ notes }: Pick<YardDocument, 'notes'>): Boxes {
  const boxes = Object.entries(notes).map(
    ([
      id,
      {
        position: [x, y],
        size: [width, height],
      },
    ]) => {
      return [`note ${id}`, { x, y, width, height }] as const;
    },
  );
  return Object.fromEntries(boxes);
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
