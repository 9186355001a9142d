import type { NodeLookup } from '../nodes/catalog';
import type { NodeDefinition } from '../nodes/define-node';
import { fail } from '../problem';
import { accepts } from '../types/ports';
import { edgeId, type NodeId, type YardDocument, type YardNode } from './document';
import { wiresOf } from './wires';

interface Nodes {
  readonly lookup: NodeLookup;
  readonly nodes: readonly NodeDefinition[];
}

export interface ExportWish {
  /** Absolute; absent: where the node says, or its default. */
  readonly folder?: string;
  /** The node whose model is meant, or an exporting node; by name. */
  readonly node?: string;
  /** The file's name: an exporting node that is added names its model after it. */
  readonly file?: string;
}

/**
 * The document made to export into a folder, and the name of the node that does it: one that is there, else one
 * that is added behind the model. Throws where it is not clear which model is meant.
 */
export function withExport(
  document: YardDocument,
  wish: ExportWish,
  known: Nodes,
): { document: YardDocument; to: string } {
  const present = findExporter(document, wish, known);
  if (present) {
    const [id, node] = present;
    return { document: replaceNode(document, id, aimAt(node, known.lookup(node.kind), wish.folder)), to: node.name };
  }
  return addExporter(document, wish, known);
}

type Entry = readonly [id: NodeId, node: YardNode];

function findExporter(document: YardDocument, { node: wanted }: ExportWish, { lookup }: Nodes): Entry | undefined {
  const exporters = Object.entries(document.nodes).filter(
    ([, node]) => exporterPorts(lookup(node.kind)) && !node.muted,
  );
  if (wanted === undefined) return exporters[0];
  const sources = new Map(wiresOf(document).map(({ from, to }) => [to.node, document.nodes[from.node]?.name]));
  return exporters.find(([id, node]) => node.name === wanted || sources.get(id) === wanted);
}

function addExporter(document: YardDocument, wish: ExportWish, known: Nodes): { document: YardDocument; to: string } {
  const definition = known.nodes.find(exporterPorts);
  const ports = exporterPorts(definition);
  if (!definition || !ports) return fail('export-no-exporter');
  const from = chooseModel(document, wish, known.lookup);
  const [id, name] = [freeKey('export', Object.keys(document.nodes)), freeName(document)];
  const params = nameAfter(wish.file, definition);
  const position = behind(document, from.node);
  const fresh: YardNode = { kind: definition.kind, version: definition.version, name, params, position };
  const edge = edgeId(from, { node: id, port: ports.model });
  const nodes = { ...document.nodes, [id]: aimAt(fresh, definition, wish.folder) };
  return { document: { ...document, nodes, edges: { ...document.edges, [edge]: {} } }, to: name };
}

function chooseModel(
  document: YardDocument,
  { node: wanted }: ExportWish,
  lookup: NodeLookup,
): { node: NodeId; port: string } {
  const models = modelNodes(document, lookup).filter(({ name }) => wanted === undefined || name === wanted);
  const [only] = models;
  if (!only) return fail('export-no-model', { node: wanted ?? '' });
  if (models.length > 1) return fail('export-many-models', { names: models.map(({ name }) => name).join(', ') });
  return only;
}

/** Nodes that give a model, with the output that does. */
export function modelNodes(
  { nodes }: Pick<YardDocument, 'nodes'>,
  lookup: NodeLookup,
): { readonly node: NodeId; readonly port: string; readonly name: string }[] {
  return Object.entries(nodes).flatMap(([id, node]) => {
    const outputs = Object.entries(lookup(node.kind)?.outputs ?? {});
    const port = outputs.find(([, { type }]) => type === 'model')?.[0];
    return port === undefined ? [] : [{ node: id, port, name: node.name }];
  });
}

/** The ports of a node that takes a model and writes a folder; undefined for any other node. */
function exporterPorts(
  definition: NodeDefinition | undefined,
): { readonly model: string; readonly folder: string } | undefined {
  if (!definition || !Object.values(definition.outputs).some(({ type }) => type === 'artifact')) return undefined;
  const folder = Object.entries(definition.params).find(([, { type }]) => type === 'folder')?.[0];
  const model = Object.entries(definition.inputs).find(([, port]) => accepts(port, 'model'))?.[0];
  return folder !== undefined && model !== undefined ? { model, folder } : undefined;
}

function aimAt(node: YardNode, definition: NodeDefinition | undefined, folder: string | undefined): YardNode {
  const ports = exporterPorts(definition);
  if (!ports) return node;
  const params = folder === undefined ? node.params : { ...node.params, [ports.folder]: folder };
  return node.bypassed === true || params !== node.params ? { ...node, bypassed: false, params } : node;
}

/** A free place on the canvas, to the right of a node and below what stands there. */
function behind({ nodes }: YardDocument, id: NodeId): readonly [number, number] {
  const [left, top] = nodes[id]?.position ?? [0, 0];
  const x = left + 304;
  const taken = Object.values(nodes).map(({ position }) => position);
  let y = top;
  while (taken.some(([a, b]) => Math.abs(a - x) < 304 && Math.abs(b - y) < 120)) y += 120;
  return [x, y];
}

/** `penguins.yard` gives a model that requests call `penguins`; what does not fit into a URL becomes a dash. */
function nameAfter(file: string | undefined, { params }: NodeDefinition): Record<string, string> {
  const stem = file?.replace(/\.[^.]*$/, '').replace(/[^\w.-]+/g, '-') ?? '';
  return params.name?.type === 'text' && /^[A-Za-z0-9]/.test(stem) ? { name: stem.slice(0, 100) } : {};
}

function replaceNode(document: YardDocument, id: NodeId, node: YardNode): YardDocument {
  return { ...document, nodes: { ...document.nodes, [id]: node } };
}

function freeName(document: YardDocument): string {
  return freeKey(
    'export',
    Object.values(document.nodes).map(({ name }) => name),
  );
}

function freeKey(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let n = 1; ; n++) if (!taken.includes(`${wanted}_${n}`)) return `${wanted}_${n}`;
}
