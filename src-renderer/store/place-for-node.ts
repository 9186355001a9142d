import { clearPlace, noteBoxes } from '../../src-shared/document/clear-place';
import type { YardDocument } from '../../src-shared/document/document';
import { canvasView } from './canvas-view';

/** About what a new node takes, before anything is known of it. */
export const newNodeSize = { width: 128, height: 64 };

/** Where a new node covers nothing that the canvas shows: the wanted place, or the first one to the right of it. */
export function placeForNode(document: YardDocument, wanted: readonly [number, number]): readonly [number, number] {
  const boxes = { ...canvasView()?.boxes(Object.keys(document.nodes)), ...noteBoxes(document) };
  return clearPlace(boxes, wanted, newNodeSize);
}
