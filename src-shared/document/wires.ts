import { type EdgeId, type PortRef, parseEdgeId, type YardDocument, type YardEdge } from './document';

/** An edge with its id taken apart. */
export interface Wire {
  readonly id: EdgeId;
  readonly from: PortRef;
  readonly to: PortRef;
  readonly edge: YardEdge;
}

/** All edges whose ids can be read, in the order in which a port that takes many sees them. */
export function wiresOf(document: Pick<YardDocument, 'edges'>): Wire[] {
  const wires = Object.entries(document.edges).flatMap(([id, edge]) => {
    const ends = parseEdgeId(id);
    return ends ? [{ id, edge, ...ends }] : [];
  });
  return wires.sort(byOrder);
}

function byOrder(a: Wire, b: Wire): number {
  return (a.edge.order ?? 0) - (b.edge.order ?? 0) || (a.id < b.id ? -1 : 1);
}
