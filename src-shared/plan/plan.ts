import type { NodeId } from '../document/document';
import type { Graph, GraphNode } from '../document/graph';
import { ownEntry } from '../document/own-entry';
import type { Hash } from '../hash';
import type { Estimate, PlanState, Reason } from '../runs/run-event';
import { type Gathered, gatherInputs } from './gather-inputs';
import type { Inference } from './infer';
import type { Keys } from './keys';
import { executedNeeds, isExecuted } from './needs';
import { type PreviousStep, reasonToRun, sourceNames } from './reasons';

export interface PlanOptions {
  readonly inference: Inference;
  readonly keys: Keys;
  /** Whether the store holds the results of this key. */
  readonly has: (key: Hash) => boolean;
  /** Whether what a node wrote outside the store is still there. */
  readonly stillThere?: (node: NodeId, key: Hash) => boolean;
  /** What the last run of the document knew, by node. */
  readonly previous?: Readonly<Record<NodeId, PreviousStep>>;
  /** Only this node and what it needs. */
  readonly to?: NodeId;
  /** Nothing is taken from the store. */
  readonly noCache?: boolean;
}

export interface PlanStep {
  readonly node: NodeId;
  readonly name: string;
  readonly state: PlanState;
  readonly reason: Reason;
  readonly estimate?: Estimate;
  /** Names its results; of nodes that execute and are not blocked. */
  readonly key?: Hash;
  /** Executed nodes whose results it reads. */
  readonly needs: readonly NodeId[];
}

/** What a run would do and why, node by node, each after those it needs. Nothing runs that nothing asks for. */
export function planRun(options: PlanOptions): PlanStep[] {
  const { graph } = options.inference;
  const needs = executedNeeds(graph);
  const asked = options.to === undefined ? undefined : upstreamOf(graph, options.to);
  const blocked = findBlocked(options.inference);
  const isOpen = (node: GraphNode) => (!asked || asked.has(node.id)) && !blocked.has(node.id);
  const executed = graph.order.filter((node) => isOpen(node) && isExecuted(node));
  const running = findRunning(executed, { needs, options });
  const steps = graph.order.map((node): PlanStep => {
    const base: StepBase = { node: node.id, name: node.node.name, needs: [...(needs.get(node.id) ?? [])] };
    if (node.isOff) return { ...base, state: 'off', reason: { code: node.node.muted ? 'muted' : 'bypassed' } };
    if (asked && !asked.has(node.id)) return { ...base, state: 'off', reason: { code: 'not-asked' } };
    const obstacle = blocked.get(node.id);
    if (obstacle) return { ...base, state: 'blocked', reason: obstacle };
    if (!isExecuted(node)) return { ...base, state: 'traced', reason: { code: 'traced' } };
    return decide(node, { base, running, options });
  });
  return [...steps, ...cyclicSteps(graph)];
}

function cyclicSteps({ cyclic, document }: Graph): PlanStep[] {
  const reason: Reason = { code: 'problem', values: { code: 'cycle' } };
  return cyclic.map((node) => {
    return { node, name: ownEntry(document.nodes, node)?.name ?? node, state: 'blocked', reason, needs: [] };
  });
}

function upstreamOf(graph: Graph, id: NodeId): ReadonlySet<NodeId> {
  const found = new Set([id]);
  for (const next of found) {
    for (const ref of Object.values(graph.nodes.get(next)?.inputs ?? {}).flat()) found.add(ref.node);
  }
  return found;
}

/** Nodes with an error of their own, and those that need such a node, a muted one or a missing result. */
function findBlocked({ graph, problems }: Inference): Map<NodeId, Reason> {
  const errors = new Map<string, string>();
  for (const { node, code, severity } of problems) {
    if (node !== undefined && severity === 'error' && !errors.has(node)) errors.set(node, code);
  }
  const blocked = new Map<NodeId, Reason>();
  for (const node of graph.order) {
    if (node.isOff) continue;
    const code = errors.get(node.node.name);
    const reason =
      code === undefined ? waitsFor(node, { graph, blocked }) : ({ code: 'problem', values: { code } } as const);
    if (reason) blocked.set(node.id, reason);
  }
  return blocked;
}

function waitsFor(
  { definition, inputs, cut }: GraphNode,
  { graph, blocked }: { graph: Graph; blocked: ReadonlyMap<NodeId, Reason> },
): Reason | undefined {
  for (const [port, { optional }] of Object.entries(definition?.inputs ?? {})) {
    const off = ownEntry(cut, port);
    if (off !== undefined && !optional) return { code: 'blocked-by', values: { node: off } };
    const source = inputs[port]?.find((ref) => blocked.has(ref.node));
    if (source) return { code: 'blocked-by', values: { node: graph.nodes.get(source.node)?.node.name ?? source.node } };
  }
  return undefined;
}

interface Demand {
  readonly needs: ReadonlyMap<NodeId, ReadonlySet<NodeId>>;
  readonly options: PlanOptions;
}

/** From the ends of the pipeline backwards: a node runs where a result is asked for that is not kept. */
function findRunning(executed: readonly GraphNode[], { needs, options }: Demand): ReadonlySet<NodeId> {
  const read = new Set<NodeId>();
  for (const { id } of executed) for (const need of needs.get(id) ?? []) read.add(need);
  const demanded = new Set<NodeId>();
  for (const { id } of executed) if (!read.has(id) || id === options.to) demanded.add(id);
  const running = new Set<NodeId>();
  if (options.to !== undefined) for (const id of needs.get(options.to) ?? []) demanded.add(id);
  for (const node of [...executed].reverse()) {
    if (!demanded.has(node.id) || (!options.noCache && isKept(node, options))) continue;
    running.add(node.id);
    for (const need of needs.get(node.id) ?? []) demanded.add(need);
  }
  return running;
}

function isKept({ id, definition }: GraphNode, { keys, has, stillThere }: PlanOptions): boolean {
  const key = keys.nodes.get(id)?.hash;
  if (key === undefined || !has(key)) return false;
  return !definition?.writesOutside || (stillThere?.(id, key) ?? false);
}

type StepBase = Pick<PlanStep, 'node' | 'name' | 'needs'>;

interface Decision {
  readonly base: StepBase;
  readonly running: ReadonlySet<NodeId>;
  readonly options: PlanOptions;
}

function decide(node: GraphNode, { base, running, options }: Decision): PlanStep {
  const { keys, previous = {}, noCache, inference } = options;
  const made = keys.nodes.get(node.id);
  if (!made) return { ...base, state: 'blocked', reason: { code: 'problem' } };
  const { hash: key, parts } = made;
  const before = ownEntry(previous, node.id);
  const { name, needs } = base;
  if (!running.has(node.id)) {
    const code = isKept(node, options) ? 'same-inputs' : 'not-needed';
    return { node: node.id, name, needs, key, state: 'cached', reason: { code } };
  }
  const nameOf = (id: NodeId) => inference.graph.nodes.get(id)?.node.name ?? id;
  const reason: Reason = noCache
    ? { code: 'no-cache' }
    : reasonToRun({ key, parts, previous: before, sources: () => sourceNames(node, nameOf) });
  const estimate = estimateOf(node, before, inference);
  const step: PlanStep = { node: node.id, name, needs, key, state: 'run', reason };
  return estimate ? { ...step, estimate } : step;
}

function typesAt(node: GraphNode, { graph, types }: Inference): Gathered['types'] {
  return gatherInputs(node, { graph, types, known: { lookup: () => node.definition } }).types;
}

/** What the node says of itself; its time, where known, as it was the last time. */
function estimateOf(node: GraphNode, before: PreviousStep | undefined, inference: Inference): Estimate | undefined {
  const { definition } = node;
  const params = inference.params.get(node.id);
  const said =
    definition?.estimate && params
      ? definition.estimate(typesAt(node, inference) as never, params as never)
      : undefined;
  if (before?.seconds === undefined) return said;
  return { ...said, seconds: before.seconds };
}
