import { elementCount } from '../../ops/tensor';
import type { OnnxInitializer, OnnxNode } from './graph';
import type { GraphEdit } from './graph-edit';

/** Ops that treat every element alike, whatever its place; every input is transposed with them. */
const elementwise: ReadonlySet<string> = new Set(
  (
    'Abs Add And Cast Ceil Clip Div Elu Equal Erf Exp Floor Greater HardSigmoid HardSwish IsInf IsNaN LeakyRelu Less ' +
    'Log Max Min Mul Neg Not Or Pow Reciprocal Relu Round Selu Sigmoid Sign Softplus Softsign Sqrt Sub Tanh Where'
  ).split(' '),
);

/**
 * Cancels transposes. Those of constants become other constants; two in a row become one or none; one in front of
 * an elementwise op moves behind it, where it may meet its inverse. Ends, since with every change some op has fewer
 * transposes in front of it and none has more.
 */
export function foldTransposes(edit: GraphEdit): void {
  let changed = true;
  while (changed) {
    changed = edit.nodes.some((node) =>
      node.opType === 'Transpose' ? foldConstant(edit, node) || mergePair(edit, node) : sink(edit, node),
    );
  }
}

function foldConstant(edit: GraphEdit, node: OnnxNode): boolean {
  const constant = edit.initializer(node.inputs[0] ?? '');
  const output = node.outputs[0] ?? '';
  if (!constant || edit.isOutput(output)) return false;
  edit.replace(node, []);
  edit.redirect(output, edit.addInitializer(transposed(constant, permutation(node))));
  return true;
}

function mergePair(edit: GraphEdit, second: OnnxNode): boolean {
  const first = transposeBehind(edit, second.inputs[0] ?? '');
  const [input = '', output = ''] = [first?.inputs[0], second.outputs[0]];
  if (!first) return false;
  const inner = permutation(first);
  const perm = permutation(second).map((axis) => inner[axis] ?? 0);
  if (!perm.every((axis, i) => axis === i)) {
    edit.replace(second, [transposeNode(input, output, perm)]);
    return true;
  }
  if (edit.isOutput(output)) return false;
  edit.replace(second, []);
  edit.redirect(output, input);
  return true;
}

/** `op(transpose(a), transpose(b), constant)` → `transpose(op(a, b, inverse(constant)))`. */
function sink(edit: GraphEdit, node: OnnxNode): boolean {
  if (!elementwise.has(node.opType) || node.outputs.length !== 1) return false;
  const first = node.inputs.map((name) => transposeBehind(edit, name)).find((found) => found !== undefined);
  if (!first) return false;
  const perm = permutation(first);
  const inputs = node.inputs.map((name) => untransposed(edit, name, perm));
  if (!inputs.every((name) => name !== undefined)) return false;
  const inner = edit.freshName();
  edit.replace(node, [{ ...node, inputs, outputs: [inner] }, transposeNode(inner, node.outputs[0] ?? '', perm)]);
  return true;
}

/** The name of the tensor which, transposed by `perm`, is `name`; undefined where that would cost a new transpose. */
function untransposed(edit: GraphEdit, name: string, perm: readonly number[]): string | undefined {
  if (name === '') return name;
  const constant = edit.initializer(name);
  if (constant) return untransposedConstant(edit, constant, perm);
  const transpose = transposeBehind(edit, name);
  const same = transpose && permutation(transpose).every((axis, i) => axis === perm[i]);
  return same && movesWhole(edit, name) ? transpose.inputs[0] : undefined;
}

/** Whether every reader lets the transpose pass or cancels it: else it would stay and another one be added. */
function movesWhole(edit: GraphEdit, name: string): boolean {
  const passes = ({ opType }: OnnxNode) => elementwise.has(opType) || opType === 'Transpose';
  return !edit.isOutput(name) && edit.readers(name).every(passes);
}

/** Constants are broadcast: missing axes in front count as 1. */
function untransposedConstant(edit: GraphEdit, constant: OnnxInitializer, perm: readonly number[]): string | undefined {
  if (elementCount(constant.shape) === 1) return constant.shape.length === 0 ? constant.name : scalar(edit, constant);
  if (constant.shape.length > perm.length) return undefined;
  const ones = Array<number>(perm.length - constant.shape.length).fill(1);
  return edit.addInitializer(transposed({ ...constant, shape: [...ones, ...constant.shape] }, inverse(perm)));
}

function scalar(edit: GraphEdit, constant: OnnxInitializer): string {
  return edit.addInitializer({ ...constant, name: `${constant.name}/scalar`, shape: [] });
}

function transposeBehind(edit: GraphEdit, name: string): OnnxNode | undefined {
  const producer = edit.producer(name);
  return producer?.opType === 'Transpose' ? producer : undefined;
}

function permutation(node: OnnxNode): readonly number[] {
  const perm = node.attrs.perm;
  if (!perm || !('ints' in perm)) throw new Error('A Transpose needs its permutation written out.');
  return perm.ints;
}

function inverse(perm: readonly number[]): number[] {
  return perm.map((_axis, i) => perm.indexOf(i));
}

function transposeNode(input: string, output: string, perm: readonly number[]): OnnxNode {
  return { opType: 'Transpose', inputs: [input], outputs: [output], attrs: { perm: { ints: perm } }, domain: '' };
}

/** A constant with its axes in another order: axis i of the result is axis `perm[i]` of the source. */
export function transposed(constant: OnnxInitializer, perm: readonly number[]): OnnxInitializer {
  const shape = perm.map((axis) => constant.shape[axis] ?? 1);
  const strides = constant.shape.map((_size, axis) => elementCount(constant.shape.slice(axis + 1)));
  const steps = perm.map((axis) => strides[axis] ?? 0);
  const order = sourceOrder(shape, steps);
  const name = `${constant.name}/${constant.shape.join('x')}/${perm.join('')}`;
  return { name, dtype: constant.dtype, shape, data: reorder(constant.data, order) };
}

/** For every element of a row-major tensor of this shape, where it stands in the source. */
function sourceOrder(shape: readonly number[], steps: readonly number[]): Int32Array {
  let order = new Int32Array(1);
  shape.forEach((size, axis) => {
    const next = new Int32Array(order.length * size);
    order.forEach((base, i) => {
      for (let k = 0; k < size; k++) next[i * size + k] = base + k * (steps[axis] ?? 0);
    });
    order = next;
  });
  return order;
}

function reorder(data: OnnxInitializer['data'], order: Int32Array): OnnxInitializer['data'] {
  if (data instanceof Float32Array) return Float32Array.from(order, (at) => data[at] ?? 0);
  if (data instanceof Int32Array) return Int32Array.from(order, (at) => data[at] ?? 0);
  // Every position is inside the source, so no element is missing; lists keep their element type.
  return Array.from(order, (at) => data[at]) as readonly number[] | readonly string[];
}
