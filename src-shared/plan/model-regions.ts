import { hashModel } from '../compile/canonical';
import { targetFeedName } from '../compile/compile-training';
import { countParameters, stepFlops } from '../compile/cost';
import { buildRegion, callLayer, createLayerContext, type RegionLayer, type RegionPort } from '../compile/region';
import type { EffectiveParams } from '../document/check-params';
import type { NodeId, PortRef } from '../document/document';
import type { Graph, GraphNode } from '../document/graph';
import { wireKey } from '../document/wires';
import type { Hash } from '../hash';
import { mapValues } from '../map-values';
import type { NodeDefinition } from '../nodes/define-node';
import { addDims, type Dim } from '../ops/dims';
import { type OpLookup, ProgramBuilder } from '../ops/program-builder';
import type { TracedModel } from '../runs/values';
import type { LayerOutputs, LayerValue } from '../types/layer';
import type { Aim } from '../types/objective';
import type { ModelInput, TensorWire, WireType } from '../types/ports';
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
  private readonly entrances = new Map<string, readonly ModelInput[]>();
  private readonly models = new Map<string, TracedModel>();
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
    const entrances = this.entrancesOf(layer, outputs);
    this.entrances.set(node.id, entrances);
    const aim = aimOf(layer);
    return mapValues(outputs, ({ value }, port) => {
      this.values.set(wireKey({ node: node.id, port }), outputs[port] ?? { value });
      const { dtype, shape } = value.type;
      const about = { layer: layer.name, inputs: entrances, ...(aim ? { aim } : {}) };
      return { type: 'tensor', dtype, shape, ...total, ...about };
    });
  }

  /** Where the data enter the model behind a layer. */
  private entrancesOf(layer: RegionLayer, outputs: LayerOutputs): readonly ModelInput[] {
    const columns = layer.definition.binds?.(layer.params);
    const [first] = Object.values(outputs);
    if (columns && first) return [{ binding: { input: layer.name, columns }, type: first.value.type }];
    const before = sourcesOf(layer).map((id) => this.entrances.get(id) ?? []);
    const [only = [], ...more] = before;
    return more.every((list) => list === only) ? only : unionOf(before);
  }

  /**
   * The layers upstream of some tensor wires as one program, with an output for each, named by the layer that gives it;
   * undefined where it could not be built.
   */
  model(refs: readonly PortRef[]): TracedModel | undefined {
    const key = refs.map(wireKey).join(' ');
    const known = this.models.get(key);
    if (known || refs.length === 0 || !refs.every((ref) => this.values.has(wireKey(ref)))) return known;
    const layers = this.upstream(refs.map(({ node }) => node));
    const aims: Record<string, Aim> = {};
    const outputs: Record<string, RegionPort> = {};
    for (const { node, port } of refs) {
      const layer = this.layers.get(node);
      const name = outputName(layer, port);
      const aim = layer && aimOf(layer);
      outputs[name] = { id: node, port };
      if (aim) aims[name] = aim;
      const [compared] = layer?.inputs[targetPort] ?? [];
      if (aim?.target && 'value' in aim.target && compared) outputs[aim.target.value] = compared;
    }
    const bindings = layers.flatMap(({ definition, name, params }) => {
      const columns = definition.binds?.(params);
      return columns ? [{ input: name, columns }] : [];
    });
    const model = { program: buildRegion(layers, outputs), bindings, aims };
    this.models.set(key, model);
    return model;
  }

  /** What the model on some tensor wires computes and is for, whatever its layers are called. */
  hash(refs: readonly PortRef[]): Hash | undefined {
    const key = refs.map(wireKey).join(' ');
    const known = this.hashes.get(key);
    if (known) return known;
    const model = this.model(refs);
    if (!model) return undefined;
    const hash = hashModel(model);
    this.hashes.set(key, hash);
    return hash;
  }

  /** Weights behind some tensor wires: a layer that several of them need counts once. */
  parameters(refs: readonly PortRef[]): number {
    const layers = this.upstream(refs.map(({ node }) => node));
    return layers.reduce((sum, { id }) => sum + (this.own.get(id)?.parameters ?? 0), 0);
  }

  /** How many layers a tensor wire has behind it. */
  layerCount(ref: PortRef): number {
    return this.upstream([ref.node]).length;
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
        : this.upstream([id]).map((layer) => this.own.get(layer.id));
    return counted.reduce<Cost>(
      (sum, cost) => ({
        parameters: sum.parameters + (cost?.parameters ?? 0),
        flops: addDims(sum.flops, cost?.flops ?? 0),
      }),
      { parameters: 0, flops: 0 },
    );
  }

  /** The layers that some layers need and themselves, each after those it reads. */
  private upstream(ids: readonly NodeId[]): RegionLayer[] {
    const found = new Set(ids);
    for (const layer of found) for (const source of sourcesOf(this.layers.get(layer))) found.add(source);
    if (found.size === 1) return [...found].flatMap((one) => this.layers.get(one) ?? []);
    return this.graph.order.flatMap((node) => (found.has(node.id) ? (this.layers.get(node.id) ?? []) : []));
  }
}

/** The port of an output layer at which it is told what to compare with. */
const targetPort = 'target';

/** A value that is compared with is named as the feed would be that it stands for. */
function aimOf({ definition, name, params, inputs }: RegionLayer): Aim | undefined {
  const aim = definition.aims?.(params);
  return aim && inputs[targetPort] ? { ...aim, target: { value: targetFeedName(name) } } : aim;
}

/** Of a layer's only output its name; of others with the port. */
function outputName(layer: RegionLayer | undefined, port: string): string {
  const name = layer?.name ?? port;
  return port === 'y' ? name : `${name}.${port}`;
}

function unionOf(lists: readonly (readonly ModelInput[])[]): ModelInput[] {
  const byInput = new Map(lists.flat().map((entrance) => [entrance.binding.input, entrance]));
  return [...byInput.values()];
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
