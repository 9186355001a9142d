/** The saved document. Sorted keys on disk, one field per fact, nothing that can be computed. */
export interface YardDocument {
  readonly format: 'modelyard';
  readonly version: number;
  readonly settings: { readonly seed: number };
  readonly nodes: Readonly<Record<NodeId, YardNode>>;
  readonly edges: Readonly<Record<EdgeId, YardEdge>>;
  readonly notes: Readonly<Record<string, Note>>;
  readonly groups: Readonly<Record<string, Group>>;
  readonly flows: Readonly<Record<string, Flow>>;
}

export type NodeId = string;
/** `from.port>to.port`, derived from the two ports. */
export type EdgeId = string;

export type ParamValue =
  | string
  | number
  | boolean
  | null
  | readonly ParamValue[]
  | { readonly [key: string]: ParamValue };
export type Params = Readonly<Record<string, ParamValue>>;

export interface YardNode {
  readonly kind: string;
  readonly version: number;
  /** Unique; given once; names layers, weights, outputs and places in messages. */
  readonly name: string;
  readonly params: Params;
  readonly position: readonly [number, number];
  readonly size?: readonly [number, number];
  readonly muted?: boolean;
  readonly bypassed?: boolean;
  readonly collapsed?: boolean;
  readonly colour?: string;
}

export interface YardEdge {
  /** Order among the edges into a port that takes many. */
  readonly order?: number;
  readonly bends?: readonly (readonly [number, number])[];
}

export interface Note {
  readonly text: string | { readonly en: string; readonly zh: string };
  readonly position: readonly [number, number];
  readonly size: readonly [number, number];
}

export interface Group {
  readonly title: string;
  readonly nodes: readonly NodeId[];
}

/** A sub-flow: a definition that nodes use by name. */
export interface Flow {
  readonly title: string;
  readonly nodes: Readonly<Record<NodeId, YardNode>>;
  readonly edges: Readonly<Record<EdgeId, YardEdge>>;
}

export interface PortRef {
  readonly node: NodeId;
  readonly port: string;
}

export function edgeId(from: PortRef, to: PortRef): EdgeId {
  return `${from.node}.${from.port}>${to.node}.${to.port}`;
}

export function parseEdgeId(id: EdgeId): { from: PortRef; to: PortRef } | undefined {
  const middle = id.indexOf('>');
  const from = parseEnd(id.slice(0, middle));
  const to = parseEnd(id.slice(middle + 1));
  return middle > 0 && from && to ? { from, to } : undefined;
}

function parseEnd(text: string): PortRef | undefined {
  const dot = text.indexOf('.');
  if (dot < 1 || dot === text.length - 1 || text.includes('.', dot + 1) || text.includes('>')) return undefined;
  return { node: text.slice(0, dot), port: text.slice(dot + 1) };
}
