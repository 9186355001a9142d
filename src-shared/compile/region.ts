import { mapValues } from '../map-values';
import { lookupOp } from '../ops/catalog';
import type { Program } from '../ops/program';
import { ProgramBuilder } from '../ops/program-builder';
import { tensorType } from '../ops/tensor';
import { ProblemError } from '../problem';
import type { LayerContext, LayerDefinition, LayerInputs, LayerOutputs, LayerValue } from '../types/layer';
import type { ParamDeclarations, ParamsOf } from '../types/params';
import type { WireType } from '../types/ports';

type LayerParams = ParamsOf<ParamDeclarations>;

/** A layer as it stands on the canvas. */
export interface RegionLayer {
  readonly id: string;
  /** Unique; names the layer's weights and the scope of its steps. */
  readonly name: string;
  readonly definition: LayerDefinition;
  readonly params: LayerParams;
  /** Where the tensors at its ports come from, in the order of the edges. */
  readonly inputs: Readonly<Record<string, readonly RegionPort[]>>;
  /** Types of the wires that are not tensors, by port. */
  readonly types: Readonly<Record<string, WireType | undefined>>;
}

export interface RegionPort {
  readonly id: string;
  readonly port: string;
}

/** What a layer is built with: weights and moving averages under the layer's own name. */
export function createLayerContext(b: ProgramBuilder, name: string, types: RegionLayer['types'] = {}): LayerContext {
  return {
    b,
    name,
    types,
    weight: (role, shape, options) =>
      b.declare({ id: `${name}/${role}`, type: tensorType('float32', shape), ...options }),
    moving: (role, shape, init) => {
      const id = `${name}/${role}`;
      const type = tensorType('float32', shape);
      const value = b.declare({ id, type, init, kind: 'moving', trainable: false });
      return { value, update: (next) => b.update(id, next, 'train') };
    },
  };
}

/**
 * Calls a layer: its steps get the layer's name as scope.
 * @throws ProblemError with the layer's name as `node`
 */
export function callLayer(
  definition: LayerDefinition,
  { inputs, params }: { readonly inputs: LayerInputs; readonly params: LayerParams },
  context: LayerContext,
): LayerOutputs {
  const { layer } = definition;
  if (!layer) throw new Error(`${definition.kind} is not a layer.`);
  try {
    const outputs = context.b.inScope(context.name, () => layer(inputs, params, context));
    return definition.passesMask ? withMask(outputs, inputs.x) : outputs;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError({ ...error.problem, node: context.name });
  }
}

function withMask(outputs: LayerOutputs, x: LayerInputs[string] | undefined): LayerOutputs {
  if (!x || !('value' in x) || !x.mask || !outputs.y) return outputs;
  return { ...outputs, y: { mask: x.mask, ...outputs.y } };
}

/**
 * Builds the program of a model region by calling its layers in order.
 * @param layers in an order in which every layer comes after those it reads
 * @param outputs the ports whose tensors become the program's outputs, by name
 * @throws ProblemError with the name of the layer at fault as `node`
 */
export function buildRegion(layers: readonly RegionLayer[], outputs: Readonly<Record<string, RegionPort>>): Program {
  const b = new ProgramBuilder(lookupOp);
  const values = new Map<string, LayerOutputs>();
  for (const layer of layers) values.set(layer.id, callRegionLayer(b, layer, values));
  return b.build(mapValues(outputs, (port) => valueAt(values, port).value));
}

function callRegionLayer(
  b: ProgramBuilder,
  { definition, name, params, inputs, types }: RegionLayer,
  values: ReadonlyMap<string, LayerOutputs>,
): LayerOutputs {
  const given = Object.entries(inputs).flatMap(([port, sources]) => {
    const all = sources.map((source) => valueAt(values, source));
    const [first] = all;
    if (!first) return [];
    return [[port, definition.inputs[port]?.many ? all : first] as const];
  });
  return callLayer(definition, { inputs: Object.fromEntries(given), params }, createLayerContext(b, name, types));
}

function valueAt(values: ReadonlyMap<string, LayerOutputs>, { id, port }: RegionPort): LayerValue {
  const value = values.get(id)?.[port];
  if (!value) throw new Error(`The region has no value at ${id}.${port}.`);
  return value;
}
