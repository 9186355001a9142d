import { stableStringify } from '../../hash';
import type { Program, StateId } from '../../ops/program';
import type { OpLookup } from '../../ops/program-builder';
import type { TensorData } from '../../ops/tensor';
import { emitFrozenGraph } from '../tensorflow/emit-program';
import type { SignatureTensor } from '../tensorflow/encode-graph';
import { type GraphTensor, knownSizes, type NodeDef } from '../tensorflow/graph-builder';
import { dataTypeName, jsonAttribute } from './json-attribute';
import { joinWeights, type WeightEntry, weightBytes } from './weights';

export interface GraphModelFiles {
  readonly 'model.json': Uint8Array;
  readonly 'weights.bin': Uint8Array;
}

/**
 * A lowered program without texts (`compile/passes/cut-lookups.ts`) as a tfjs graph model: what
 * `tf.loadGraphModel` of @tensorflow/tfjs-converter takes. The same program and weights give the same bytes.
 */
export function writeGraphModel(
  program: Program,
  options: { readonly weights: Readonly<Record<StateId, TensorData>>; readonly lookup: OpLookup },
): GraphModelFiles {
  const graph = emitFrozenGraph(program, { ...options, target: 'tfjsGraph' });
  const constants = graph.nodes.flatMap((node) => {
    const tensor = constantOf(node);
    return tensor ? [weightBytes(node.name, tensor)] : [];
  });
  const model = {
    format: 'graph-model',
    generatedBy: 'modelyard',
    convertedBy: null,
    signature: { inputs: signature(graph.inputs), outputs: signature(graph.outputs) },
    modelTopology: { node: graph.nodes.map(jsonNode), library: {}, versions: { producer: 1087, minConsumer: 12 } },
    weightsManifest: [{ paths: ['weights.bin'], weights: constants.map(({ entry }): WeightEntry => entry) }],
  };
  const text = `${stableStringify(model)}\n`;
  return { 'model.json': new TextEncoder().encode(text), 'weights.bin': joinWeights(constants) };
}

function constantOf(node: NodeDef): GraphTensor | undefined {
  const value = node.op === 'Const' ? node.attrs.value : undefined;
  return value && 'tensor' in value ? value.tensor : undefined;
}

function jsonNode(node: NodeDef): object {
  const attrs = Object.entries(node.attrs).filter(([name]) => !(node.op === 'Const' && name === 'value'));
  return {
    name: node.name,
    op: node.op,
    ...(node.inputs.length > 0 ? { input: node.inputs } : {}),
    attr: Object.fromEntries(attrs.map(([name, value]) => [name, jsonAttribute(value)])),
  };
}

function signature(tensors: Readonly<Record<string, SignatureTensor>>): object {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { tensor, type }]) => [
      name,
      {
        name: tensor.includes(':') ? tensor : `${tensor}:0`,
        dtype: dataTypeName(type.dtype),
        tensorShape: { dim: knownSizes(type.shape).map((size) => ({ size: String(size) })) },
      },
    ]),
  );
}
