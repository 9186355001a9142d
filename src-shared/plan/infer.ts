import type { Known } from '../document/adapters';
import { checkNode } from '../document/check-document';
import { checkGraph } from '../document/check-graph';
import type { EffectiveParams } from '../document/check-params';
import type { NodeId, YardDocument } from '../document/document';
import { buildGraph, type Graph, type GraphNode } from '../document/graph';
import { ownEntry } from '../document/own-entry';
import { wireKey } from '../document/wires';
import type { NodeDefinition } from '../nodes/define-node';
import type { OpLookup } from '../ops/program-builder';
import { isProblem, type Problem, ProblemError } from '../problem';
import type { StepLookup } from '../recipe/columns';
import type { TableType, WireType } from '../types/ports';
import type { SourceFacts } from '../types/source-facts';
import { type Gathered, gatherInputs, type WireTypes } from './gather-inputs';
import {
  addContribution,
  type Contribution,
  contributionOf,
  type PendingTable,
  pendingTable,
  tablePort,
} from './infer-step';
import { ModelRegions } from './model-regions';

export interface InferOptions extends Known {
  readonly lookupStep: StepLookup;
  readonly ops: OpLookup;
  /** What is known of the data, by source node; a source without facts is still being read. */
  readonly facts: Readonly<Record<NodeId, SourceFacts>>;
}

/** All that can be said of a document without running it. */
export interface Inference {
  readonly graph: Graph;
  /** By `node.port`; absent where something stands in the way or a file is still being read. */
  readonly types: WireTypes;
  /** Params with defaults, of the nodes whose params are sound. */
  readonly params: ReadonlyMap<NodeId, EffectiveParams>;
  /** Everything that is wrong, with what `checkDocument` finds. `node` is the node's name. */
  readonly problems: readonly Problem[];
  /** What preparation nodes add to the tables that pass them. */
  readonly contributions: ReadonlyMap<NodeId, Contribution>;
  /** The models that the layers make. */
  readonly regions: ModelRegions;
  /** Keys of the wires that leave a model: outputs of layers that something else than a layer reads. */
  readonly leaving: ReadonlySet<string>;
}

/** Types on all wires, by one walk along them. Nodes behind a problem have no types and no problems of their own. */
export function inferTypes(document: YardDocument, options: InferOptions): Inference {
  const graph = buildGraph(document, options.lookup);
  const walk = new Walk({ document, options, graph });
  for (const node of graph.order) walk.visit(node);
  walk.checkApart(graph.cyclic);
  const { types, params, contributions, regions, leaving } = walk;
  const problems = [...checkGraph(document, options.lookup, graph), ...walk.problems];
  return { graph, types, params, problems, contributions, regions, leaving };
}

interface Surroundings {
  readonly document: YardDocument;
  readonly options: InferOptions;
  readonly graph: Graph;
}

interface Call {
  readonly node: GraphNode;
  readonly definition: NodeDefinition;
  readonly params: EffectiveParams;
  readonly inputs: Gathered;
}

class Walk {
  readonly types: Record<string, WireType> = {};
  readonly params = new Map<NodeId, EffectiveParams>();
  readonly contributions = new Map<NodeId, Contribution>();
  readonly problems: Problem[] = [];
  readonly leaving = new Set<string>();
  private readonly pending = new Map<string, PendingTable>();
  readonly regions: ModelRegions;

  constructor(private readonly around: Surroundings) {
    this.regions = new ModelRegions(around.options.ops, around.graph);
  }

  visit(node: GraphNode): void {
    const { definition } = node;
    const { params, problems } = checkNode(node.node, definition);
    this.problems.push(...problems);
    if (params) this.params.set(node.id, params);
    if (node.isOff || !definition) return;
    if (!definition.layer) this.leave(node);
    const inputs = gatherInputs(node, { graph: this.around.graph, types: this.types, known: this.around.options });
    this.problems.push(...inputs.problems);
    if (params) this.call({ node, definition, params, inputs });
  }

  /** Nodes that no order reaches still have params that can be wrong. */
  checkApart(ids: readonly NodeId[]): void {
    const { document, options } = this.around;
    for (const id of ids) {
      const node = ownEntry(document.nodes, id);
      if (node) this.problems.push(...checkNode(node, options.lookup(node.kind)).problems);
    }
  }

  private leave({ inputs }: GraphNode): void {
    for (const refs of Object.values(inputs)) {
      for (const ref of refs) {
        if (this.around.graph.nodes.get(ref.node)?.definition?.layer) this.leaving.add(ref.wire);
      }
    }
  }

  private call(call: Call): void {
    const { node } = call;
    try {
      const outputs = this.outputsOf(call);
      for (const { port, wire } of node.outputs) {
        const type = ownEntry(outputs, port);
        if (type) this.types[wire] = type;
      }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.report(node, error.problem);
    }
  }

  private report(node: GraphNode, problem: Problem): void {
    this.problems.push({ ...problem, node: problem.node ?? node.node.name });
  }

  private outputsOf(call: Call): Readonly<Record<string, WireType | undefined>> {
    const { definition, inputs } = call;
    if (definition.layer) return inputs.isComplete ? this.regions.call(call.node, call) : {};
    if (definition.step) return inputs.isComplete ? this.stepOutputs(call) : {};
    return this.inferred(call);
  }

  private stepOutputs({ node, definition, params, inputs }: Call): Record<string, WireType> {
    const port = tablePort(definition);
    const source = node.inputs[port]?.[0];
    // A preparation node's ports take nothing but tables and datasets.
    const type = inputs.types[port] as TableType;
    const table = (source && this.pending.get(source.wire)) ?? pendingTable(type);
    const { seed } = this.around.document.settings;
    const { columns } = type;
    const contribution = contributionOf({ definition, name: node.node.name, params, columns, seed });
    this.contributions.set(node.id, contribution);
    const outputs: Record<string, WireType> = {};
    for (const [output, declared] of Object.entries(definition.outputs)) {
      const as = (typeof declared.type === 'string' ? declared.type : type.type) === 'dataset' ? 'dataset' : 'table';
      const after = addContribution(table, contribution, { as, lookupStep: this.around.options.lookupStep });
      if (isProblem(after)) throw new ProblemError(after);
      this.pending.set(wireKey({ node: node.id, port: output }), after);
      outputs[output] = after.type;
    }
    return outputs;
  }

  private joinedParameters({ definition, inputs }: GraphNode): Readonly<Record<string, number>> {
    const joining = Object.entries(definition?.inputs ?? {}).filter(([, { joins }]) => joins);
    return Object.fromEntries(joining.map(([port]) => [port, this.regions.parameters(inputs[port] ?? [])]));
  }

  private inferred({ node, definition, params, inputs }: Call): Readonly<Record<string, WireType | undefined>> {
    const { facts } = this.around.options;
    const known = ownEntry(facts, node.id);
    // A file that is still being read has no columns yet, and nothing behind it is wrong for that.
    if (definition.probe && !known) return {};
    const { seed } = this.around.document.settings;
    const context = { seed, parameters: this.joinedParameters(node), ...(known ? { facts: known } : {}) };
    // Ports and params were checked against the definition that erased their names.
    const { outputs = {}, problems = [] } = definition.infer?.(inputs.types as never, params as never, context) ?? {};
    for (const problem of problems) this.report(node, problem);
    return outputs;
  }
}
