import { hashProgram } from '../compile/canonical';
import { countParameters, stepFlops } from '../compile/cost';
import { buildRegion, callLayer, createLayerContext, type RegionLayer } from '../compile/region';
import type { EffectiveParams } from '../document/check-params';
import type { NodeId, PortRef } from '../document/document';
import type { Graph, GraphNode } from '../document/graph';
import { wireKey } from '../document/wires';
import type { Hash } from '../hash';
import type { NodeDefinition } from '../nodes/define-node';
import { addDims, type Dim } from '../ops/dims';
import type { Program } from '../ops/program';
import { type OpLookup, ProgramBuilder } from '../ops/program-builder';
import type { LayerValue } from '../types/layer';
import type { TensorWire, WireType } from '../types/ports';
import type { Gathered } from './gather-inputs';

interface Cost {
  readonly parameters: number;
  readonly flops: Dim;
}

interface LayerCall {
  readonly definition: NodeDefinition;
  readonly params: EffectiveParams;
  readonly inputs: Gathered;
}

/**
 * The layers of a document, called once each on one scratch builder, so that types and costs on tensor wires follow
 * an edit at once. Programs of their own are built only for the wires that leave a region.
 */
export class ModelRegions {
  private readonly b: ProgramBuilder;
  private readonly values = new Map<string, LayerValue>();
  private readonly layers = new Map<NodeId, RegionLayer>();
  private readonly own = new Map<NodeId, Cost>();
  private readonly totals = new Map<NodeId, Cost>();
  private readonly programs = new Map<string, Program>();
  private readonly hashes = new Map<string, Hash>();

  constructor(
    ops: OpLookup,
    private readonly graph: Graph,
  ) {
    this.b = new ProgramBuilder(ops);
  }

  /** Calls a layer whose inputs all have types. Throws the layer's ProblemError. */
  call(node: GraphNode, { definition, params, inputs }: LayerCall): Record<string, TensorWire> {
    const layer = toLayer(node, { definition, params, inputs });
    const [steps, states] = [this.b.steps.length, this.b.state.length];
    const context = createLayerContext(this.b, layer.name, layer.types);
    const outputs = callLayer(definition, { inputs: this.valuesFor(layer), params: layer.params }, context);
    this.layers.set(node.id, layer);
    this.own.set(node.id, {
      parameters: countParameters({ state: this.b.state.slice(states) }),
      flops: this.b.steps.slice(steps).reduce<Dim>((sum, step) => addDims(sum, stepFlops(this.b, step)), 0),
    });
    const total = this.totalCost(node);
    this.totals.set(node.id, total);
    return Object.fromEntries(
      Object.entries(outputs).map(([port, value]) => {
        this.values.set(wireKey({ node: node.id, port }), value);
        const { dtype, shape } = value.value.type;
        return [port, { type: 'tensor', dtype, shape, ...total }];
      }),
    );
  }

  /** The model upstream of a tensor wire as a program with the output `y`; undefined where it could not be built. */
  program(ref: PortRef): Program | undefined {
    const key = wireKey(ref);
    const known = this.programs.get(key);
    if (known || !this.values.has(key)) return known;
    const program = buildRegion(this.upstream(ref.node), { id: ref.node, port: ref.port });
    this.programs.set(key, program);
    return program;
  }

  /** What the model on a tensor wire computes, whatever its layers are called. */
  hash(ref: PortRef): Hash | undefined {
    const key = wireKey(ref);
    const known = this.hashes.get(key);
    if (known) return known;
    const program = this.program(ref);
    if (!program) return undefined;
    const hash = hashProgram(program);
    this.hashes.set(key, hash);
    return hash;
  }

  /** How many layers a tensor wire has behind it. */
  layerCount(ref: PortRef): number {
    return this.upstream(ref.node).length;
  }

  private valuesFor({ definition, inputs }: RegionLayer): Record<string, LayerValue | readonly LayerValue[]> {
    const given = Object.entries(inputs).flatMap(([port, refs]) => {
      const all = refs.flatMap(({ id, port: from }) => this.values.get(wireKey({ node: id, port: from })) ?? []);
      const [first] = all;
      return first ? [[port, definition.inputs[port]?.many ? all : first] as const] : [];
    });
    return Object.fromEntries(given);
  }

  /** With one layer before it, that layer's total and its own; where branches meet, each layer counts once. */
  private totalCost({ id }: GraphNode): Cost {
    const before = [...new Set(sourcesOf(this.layers.get(id)))];
    const [only] = before;
    const counted =
      before.length === 1 && only !== undefined
        ? [this.totals.get(only), this.own.get(id)]
        : this.upstream(id).map((layer) => this.own.get(layer.id));
    return counted.reduce<Cost>(
      (sum, cost) => ({
        parameters: sum.parameters + (cost?.parameters ?? 0),
        flops: addDims(sum.flops, cost?.flops ?? 0),
      }),
      { parameters: 0, flops: 0 },
    );
  }

  /** The layers a layer needs and itself, each after those it reads. */
  private upstream(id: NodeId): RegionLayer[] {
    const found = new Set([id]);
    for (const layer of found) for (const source of sourcesOf(this.layers.get(layer))) found.add(source);
    if (found.size === 1) return [...found].flatMap((one) => this.layers.get(one) ?? []);
    return this.graph.order.flatMap((node) => (found.has(node.id) ? (this.layers.get(node.id) ?? []) : []));
  }
}

function sourcesOf(layer: RegionLayer | undefined): NodeId[] {
  return Object.values(layer?.inputs ?? {}).flatMap((refs) => refs.map((ref) => ref.id));
}

function toLayer(node: GraphNode, { definition, params, inputs }: LayerCall): RegionLayer {
  const isTensor = (type: Gathered['types'][string]) => [type].flat().some((one) => one?.type === 'tensor');
  const ports = Object.entries(inputs.types);
  const tensors = ports
    .filter(([, type]) => isTensor(type))
    .map(([port]) => {
      const refs = node.inputs[port] ?? [];
      return [port, refs.map((ref) => ({ id: ref.node, port: ref.port }))] as const;
    });
  const others = ports.flatMap(([port, type]) =>
    isTensor(type) || !type || isList(type) ? [] : [[port, type] as const],
  );
  return {
    id: node.id,
    name: node.node.name,
    definition,
    // The params were checked against the node's own declarations.
    params: params as never,
    inputs: Object.fromEntries(tensors),
    types: Object.fromEntries(others),
  };
}

function isList(type: WireType | readonly WireType[]): type is readonly WireType[] {
  return Array.isArray(type);
}
