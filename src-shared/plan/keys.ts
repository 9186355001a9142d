import type { EffectiveParams } from '../document/check-params';
import type { NodeId, YardDocument } from '../document/document';
import type { GraphNode } from '../document/graph';
import { ownEntry } from '../document/own-entry';
import { type Hash, hashData, hashText, stableStringify } from '../hash';
import type { NodeDefinition } from '../nodes/define-node';
import { deriveSeed } from '../random';
import type { Inference } from './infer';
import type { Contribution } from './infer-step';
import { placeSeeds } from './places';

/** Raised when a change of the compiler or the engine makes kept results out of date. */
export const codeVersion = 5;

export interface KeyOptions {
  readonly inference: Inference;
  /** The hash of the file at a path of the document; undefined where there is none. */
  readonly fileHash: (path: string) => Hash | undefined;
  /** `RunnerInfo.fingerprint`: what results depend on bit for bit. */
  readonly runner: string;
}

/** What a node's result depends on, kept with each run so that the next one can say what changed. */
export interface KeyParts {
  readonly kind: string;
  readonly version: number;
  /** Without files: a file counts by its contents, not by where it lies. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, Hash | null>>;
  readonly inputs: Readonly<Record<string, readonly (Hash | null)[]>>;
  readonly code: number;
  readonly runner?: string;
  readonly seed?: number;
}

export interface NodeKey {
  readonly hash: Hash;
  readonly parts: KeyParts;
  /** The parts as JSON, whose hash it is. */
  readonly text: string;
}

/** Names of values before they exist: from what makes them, and never from names, places or notes of nodes. */
export interface Keys {
  /** Of nodes that execute. */
  readonly nodes: ReadonlyMap<NodeId, NodeKey>;
  /** By `node.port`: the value on the wire, executed or traced. */
  readonly wires: ReadonlyMap<string, Hash>;
  /** Seeds by node, from the document's seed and the node's place in the pipeline; see `RunContext.seed`. */
  readonly seeds: (node: NodeId) => number;
}

/** Keys of all nodes and wires that a document can have; nodes behind a problem have none. */
export function computeKeys(document: YardDocument, options: KeyOptions): Keys {
  const { graph } = options.inference;
  const seeds = placeSeeds(graph, document.settings.seed);
  const found: Found = { nodes: new Map(), wires: new Map(), seeds };
  for (const node of graph.order) if (!node.isOff) addKeys(node, found, options);
  return found;
}

interface Found {
  readonly nodes: Map<NodeId, NodeKey>;
  readonly wires: Map<string, Hash>;
  readonly seeds: Keys['seeds'];
}

function addKeys(node: GraphNode, found: Found, options: KeyOptions): void {
  const { definition } = node;
  const params = options.inference.params.get(node.id);
  if (!definition || !params) return;
  if (definition.layer) addLayerKeys(node, found, options);
  else addOtherKeys(node, { definition, params, found, options });
}

function addOtherKeys(node: GraphNode, request: PartsRequest): void {
  const { definition, found, options } = request;
  const parts = partsOf(node, request);
  const text = stableStringify(parts);
  const hash = hashText(text);
  const contribution = options.inference.contributions.get(node.id);
  if (!definition.step) found.nodes.set(node.id, { hash, parts, text });
  const made = contribution
    ? hashData({ contribution: anonymous(contribution), inputs: parts.inputs, code: codeVersion })
    : hash;
  // The only thing that a node gives is named by what makes it; of several, each by its port as well.
  for (const { port, wire } of node.outputs) {
    found.wires.set(wire, node.outputs.length === 1 ? made : hashData([made, port]));
  }
}

/** Steps and split without the name of the node they came from. */
function anonymous({ steps, split, ...rest }: Contribution): unknown {
  const nameless = <T extends { readonly node?: string }>({ node: _name, ...other }: T) => other;
  return { ...rest, steps: steps.map(nameless), ...(split ? { split: nameless(split) } : {}) };
}

/** Only tensors that leave a model are hashed: each hash walks the whole program behind it. */
function addLayerKeys(node: GraphNode, { wires }: Found, { inference }: KeyOptions): void {
  for (const output of node.outputs) {
    const hash = inference.leaving.has(output.wire) ? inference.regions.hash([output]) : undefined;
    if (hash) wires.set(output.wire, hash);
  }
}

interface PartsRequest {
  readonly definition: NodeDefinition;
  readonly params: EffectiveParams;
  readonly found: Found;
  readonly options: KeyOptions;
}

function partsOf(node: GraphNode, { definition, params, found, options }: PartsRequest): KeyParts {
  const inputs: Record<string, (Hash | null)[]> = {};
  for (const [port, refs] of Object.entries(node.inputs)) {
    if (refs.length === 0) continue;
    inputs[port] = definition.inputs[port]?.joins
      ? [options.inference.regions.hash(refs) ?? null]
      : refs.map((ref) => found.wires.get(ref.wire) ?? null);
  }
  const files: Record<string, Hash | null> = {};
  const others: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) {
    if (ownEntry(definition.params, name)?.type === 'file') files[name] = hashOf(value, options);
    else others[name] = value;
  }
  // In the order of their names, in which they are hashed.
  const parts = {
    code: codeVersion,
    files,
    inputs,
    kind: definition.kind,
    params: others,
    version: definition.version,
  };
  if (!definition.usesRunner && !definition.usesSeed) return parts;
  return {
    ...parts,
    ...(definition.usesRunner ? { runner: options.runner } : {}),
    ...(definition.usesSeed ? { seed: found.seeds(node.id) } : {}),
  };
}

function hashOf(path: unknown, { fileHash }: KeyOptions): Hash | null {
  return typeof path === 'string' && path !== '' ? (fileHash(path) ?? null) : null;
}

/** A seed for one purpose of a node: what `RunContext.seed` answers. */
export function seedFor(keys: Pick<Keys, 'seeds'>, node: NodeId, role: string): number {
  return deriveSeed(keys.seeds(node), role);
}
