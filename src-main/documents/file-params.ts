import type { Flow, Params, ParamValue, YardDocument, YardNode } from '../../src-shared/document/document';
import { ownEntry } from '../../src-shared/document/own-entry';
import type { NodeLookup } from '../../src-shared/nodes/catalog';
import type { ParamDeclarations } from '../../src-shared/types/params';

type Change = (path: string) => string;

/** Every file that a document's nodes name, as declared: `file` params, those inside variants too. */
export function filesNamed(document: YardDocument, lookup: NodeLookup): string[] {
  const found: string[] = [];
  changeFiles(document, lookup, (path) => {
    found.push(path);
    return path;
  });
  return [...new Set(found)];
}

/** The document with each file that its nodes name changed; itself where nothing differs. */
export function changeFiles(document: YardDocument, lookup: NodeLookup, change: Change): YardDocument {
  const nodes = changeNodes(document.nodes, lookup, change);
  const flows = changeEach<Flow>(document.flows, (flow) => {
    const inner = changeNodes(flow.nodes, lookup, change);
    return inner === flow.nodes ? flow : { ...flow, nodes: inner };
  });
  return nodes === document.nodes && flows === document.flows ? document : { ...document, nodes, flows };
}

function changeNodes(nodes: YardDocument['nodes'], lookup: NodeLookup, change: Change): YardDocument['nodes'] {
  return changeEach<YardNode>(nodes, (node) => {
    const declared = lookup(node.kind)?.params;
    const params = declared ? changeParams(node.params, declared, change) : node.params;
    return params === node.params ? node : { ...node, params };
  });
}

function changeParams(params: Params, declared: ParamDeclarations, change: Change): Params {
  return changeEach<ParamValue>(params, (value, name) => {
    const declaration = ownEntry(declared, name);
    if (declaration?.type === 'file' && typeof value === 'string' && value !== '') return change(value);
    if (declaration?.type !== 'variant' || !isParams(value)) return value;
    const variant = typeof value.type === 'string' ? ownEntry(declaration.variants, value.type) : undefined;
    return variant ? changeParams(value, variant.params, change) : value;
  });
}

function isParams(value: ParamValue): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function changeEach<T>(
  record: Readonly<Record<string, T>>,
  change: (item: T, key: string) => T,
): Readonly<Record<string, T>> {
  const entries = Object.entries(record).map(([key, item]) => [key, item, change(item, key)] as const);
  if (entries.every(([, before, after]) => before === after)) return record;
  return Object.fromEntries(entries.map(([key, , after]) => [key, after]));
}
