import type { Point } from './wire-path';

let last: Point | undefined;

/** Where the pointer was last over the canvas: what is opened by a key opens there. */
export function notePointer({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): void {
  last = { x: clientX, y: clientY };
}

/** Undefined where it is not over this part of the window. */
export function pointerIn({ left, top, right, bottom }: DOMRect): Point | undefined {
  const isInside = last && last.x > left && last.x < right && last.y > top && last.y < bottom;
  return isInside ? last : undefined;
}
