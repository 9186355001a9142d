import { type EdgeId, type PortRef, parseEdgeId, type YardDocument, type YardEdge } from './document';

/** A port that gives a value, and the name of the wires that leave it: `node.port`. */
export interface Source extends PortRef {
  readonly wire: string;
}

export function wireKey({ node, port }: PortRef): string {
  return `${node}.${port}`;
}

/** An edge with its id taken apart. */
export interface Wire {
  readonly id: EdgeId;
  readonly from: Source;
  readonly to: PortRef;
  readonly edge: YardEdge;
}

/** All edges whose ids can be read, in the order in which a port that takes many sees them. */
export function wiresOf(document: Pick<YardDocument, 'edges'>): Wire[] {
  return readWires(document).sort(byOrder);
}

/** All edges whose ids can be read. */
export function readWires({ edges }: Pick<YardDocument, 'edges'>): Wire[] {
  const wires: Wire[] = [];
  for (const [id, edge] of Object.entries(edges)) {
    const ends = parseEdgeId(id);
    if (!ends) continue;
    const { node, port } = ends.from;
    wires.push({ id, edge, from: { node, port, wire: id.slice(0, id.indexOf('>')) }, to: ends.to });
  }
  return wires;
}

/** The order of the wires into one port. */
export function byOrder(a: Wire, b: Wire): number {
  return (a.edge.order ?? 0) - (b.edge.order ?? 0) || (a.id < b.id ? -1 : 1);
}
