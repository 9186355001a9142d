import type { ElementType } from './data-types';
import type { NodeDef } from './graph-builder';

interface Variable {
  readonly tensor: string;
  readonly type: ElementType;
}

/** A FunctionDef as plain data; names of tensors as they stand there: `argument` or `node:output:0`. */
export interface GraphFunction {
  readonly name: string;
  readonly given: readonly { readonly name: string; readonly type: ElementType }[];
  readonly results: readonly (Variable & { readonly name: string })[];
  readonly nodes: readonly NodeDef[];
}

/** What the ops of functions call their outputs. Source: tensorflow/core/ops/*.cc. */
const outputNames: Readonly<Record<string, string>> = {
  AddV2: 'z',
  Const: 'output',
  ConcatV2: 'output',
  GatherV2: 'output',
  Less: 'z',
  MatMul: 'product',
  Mul: 'z',
  Sigmoid: 'y',
  Split: 'output',
  Sub: 'z',
  Tanh: 'y',
  TensorListSetItem: 'output_handle',
};

/** Nodes as the body of a function: inside it, tensors are named by the outputs of their ops. */
export function graphFunction(
  name: string,
  nodes: readonly NodeDef[],
  { given, results }: { readonly given: readonly Variable[]; readonly results: readonly Variable[] },
): GraphFunction {
  const opOf = new Map(nodes.map((node) => [node.name, node.op]));
  const inside = (tensor: string) => {
    const [node = '', index = '0'] = tensor.split(':');
    const op = opOf.get(node);
    if (op === undefined) return tensor;
    const output = outputNames[op];
    if (output === undefined) throw new Error(`It is not known what ${op} calls its output.`);
    return `${node}:${output}:${index}`;
  };
  return {
    name,
    given: given.map(({ tensor, type }) => ({ name: tensor, type })),
    results: results.map(({ tensor, type }, i) => ({ name: `result_${i}`, tensor: inside(tensor), type })),
    nodes: nodes.map((node) => ({ ...node, inputs: node.inputs.map(inside) })),
  };
}
