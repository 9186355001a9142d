import { type Dim, multiplyDims } from '../../ops/dims';
import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';

interface Projection {
  readonly kernel: Value;
  readonly bias?: Value | undefined;
}

/** What every head sees of a sequence [batch, time, in]: x · kernel [in, heads, size] + bias → [batch, heads, time, size]. */
export function splitHeads(b: ProgramBuilder, x: Value, { kernel, bias }: Projection): Value {
  const [batch = 1, time = 1] = x.type.shape;
  const [input = 1, heads = 1, size = 1] = kernel.type.shape;
  const width = multiplyDims(heads, size);
  const matrix = b.reshape(kernel, [input, width]);
  const rows = multiply(b, b.reshape(x, [multiplyDims(batch, time), input]), {
    kernel: matrix,
    bias: bias && b.reshape(bias, [width]),
  });
  return b.transpose(b.reshape(rows, [batch, time, heads, size]), [0, 2, 1, 3]);
}

/** Back to one sequence: [batch, heads, time, size] · kernel [heads, size, out] + bias → [batch, time, out]. */
export function joinHeads(b: ProgramBuilder, x: Value, { kernel, bias }: Projection): Value {
  const [batch = 1, heads = 1, time = 1, size = 1] = x.type.shape;
  const output: Dim = kernel.type.shape[2] ?? 1;
  const width = multiplyDims(heads, size);
  const rows = b.reshape(b.transpose(x, [0, 2, 1, 3]), [multiplyDims(batch, time), width]);
  return b.reshape(multiply(b, rows, { kernel: b.reshape(kernel, [width, output]), bias }), [batch, time, output]);
}

function multiply(b: ProgramBuilder, rows: Value, { kernel, bias }: Projection): Value {
  const product = b.matMul(rows, kernel);
  return bias ? b.value('biasAdd', { x: product, bias }) : product;
}
