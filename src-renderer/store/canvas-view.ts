import type { Boxes } from '../../src-shared/document/arrange';
import type { NodeId } from '../../src-shared/document/document';
import type { DocumentId } from '../../src-shared/window-data';

/** What commands ask of the canvas that shows a document. The canvas puts it here while it is mounted. */
export interface CanvasView {
  readonly document: DocumentId;
  /** Shows these nodes whole, or all. */
  readonly fit: (nodes?: readonly NodeId[]) => void;
  readonly zoom: (change: 'in' | 'out' | 'reset') => void;
  /** Brings a node into sight without a change of zoom. */
  readonly reveal: (node: NodeId) => void;
  /** Middle of what is seen, in the document's units. */
  readonly centre: () => readonly [number, number];
  /** Where nodes stand and how large they are drawn. */
  readonly boxes: (nodes: readonly NodeId[]) => Boxes;
  /** Opens the search for a node to add, at the pointer or in the middle. */
  readonly openAddSearch: () => void;
  /** Lets a person type another name into a node's title. */
  readonly startRename: (node: NodeId) => void;
  readonly focus: () => void;
}

let present: CanvasView | undefined;

/** Returns the function that takes the view away again. */
export function setCanvasView(view: CanvasView): () => void {
  present = view;
  return () => {
    if (present === view) present = undefined;
  };
}

export function canvasView(): CanvasView | undefined {
  return present;
}
