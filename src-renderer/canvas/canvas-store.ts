import { create } from 'zustand';
import type { EdgeId, NodeId, PortRef } from '../../src-shared/document/document';
import type { Problem } from '../../src-shared/problem';
import type { Point } from './wire-path';

/** One end of a wire that is being drawn. */
export interface OpenEnd extends PortRef {
  readonly side: 'input' | 'output';
}

/** The search for a node to add: where it stands in the window, and where the node will on the canvas. */
export interface AddSearch {
  readonly screen: Point;
  readonly place: Point;
  /** The node is wired to this port. */
  readonly end?: OpenEnd;
  /** The node goes into this wire. */
  readonly wire?: EdgeId;
}

/** Why a wire was refused, where it was dropped. */
export interface Refusal {
  readonly screen: Point;
  readonly from: PortRef;
  readonly to: PortRef;
  readonly problem: Problem;
}

/** How the canvas that is mounted looks now; nothing here outlives it. */
interface CanvasState {
  /** Ports (`portKey`) that fit the wire that is being drawn. */
  readonly fitting: ReadonlySet<string> | undefined;
  readonly search: AddSearch | undefined;
  readonly refusal: Refusal | undefined;
  readonly renaming: NodeId | undefined;
  /** The wire that a dragged node would go into. */
  readonly under: EdgeId | undefined;
  /** Everything was brought into sight, and nobody has moved the view since. */
  readonly isFitted: boolean;
}

export const resting: CanvasState = {
  fitting: undefined,
  search: undefined,
  refusal: undefined,
  renaming: undefined,
  under: undefined,
  isFitted: true,
};

export const useCanvas = create<CanvasState>(() => resting);

export function portKey({ node, port, side }: OpenEnd): string {
  return `${side} ${node}.${port}`;
}
