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
  const wires: Wire[] = [];
  for (const [id, edge] of Object.entries(document.edges)) {
    const ends = parseEdgeId(id);
    if (ends) wires.push({ id, edge, from: ends.from, to: ends.to });
  }
  return wires.sort(byOrder);
}

function byOrder(a: Wire, b: Wire): number {
  return (a.edge.order ?? 0) - (b.edge.order ?? 0) || (a.id < b.id ? -1 : 1);
}
