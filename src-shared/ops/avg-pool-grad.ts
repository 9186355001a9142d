import type * as tfjs from '@tensorflow/tfjs-core';
import { isProblem, problem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { type Dim, formatShape, multiplyDims, sameShape, sizeOf } from './dims';
import { imageSizes, typeOf, windowAttributes } from './emit/tensorflow-node';
import { pair } from './emit/tfjs-window';
import { rankProblem } from './shapes/elementwise';
import { slideWindow, type Window, windowPadding } from './shapes/window';

type Attrs = {
  readonly poolSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
  /** Height and width of the images that were pooled. */
  readonly inputSize: readonly Dim[];
};

function sample(dy: readonly number[], attrs: Attrs): Sample {
  return { inputs: { dy: { shape: dy, declared: ['batch', ...dy.slice(1)] } }, attrs };
}

/** The gradient of `avgPool2d`: shares each dy equally among the pixels under its window. */
export const avgPoolGrad = defineOp({
  name: 'avgPoolGrad',
  inputs: ['dy'],
  outputs: ['dx'],
  inferShape: ({ dy }, { poolSize, inputSize, ...window }: Attrs) => {
    if (dy.shape.length !== 4) return rankProblem('avgPoolGrad', { shape: dy.shape, expected: 4 });
    const size = slideWindow(inputSize, { ...window, size: poolSize });
    if (isProblem(size)) return size;
    if (!sameShape(size, dy.shape.slice(1, 3))) {
      return problem('shapes-differ', { op: 'avgPoolGrad', a: formatShape(size), b: formatShape(dy.shape) });
    }
    return { dx: { dtype: dy.dtype, shape: [dy.shape[0] ?? 0, ...inputSize, dy.shape[3] ?? 0] } };
  },
  cost: ({ dy }, _outputs, { poolSize }) => ({ flops: multiplyDims(sizeOf(dy.shape), sizeOf(poolSize)) }),
  tensorflow: (b, { dy }, { attrs: { poolSize, strides, padding }, outputs: { dx } }) => {
    const attrs = { ...windowAttributes(strides, padding), ksize: { ints: [1, ...poolSize, 1] } };
    const sizes = imageSizes(b, dy, dx.shape.slice(1).map(Number));
    return { dx: b.node('AvgPoolGrad', [sizes, dy], { ...typeOf(dy, attrs), dtype: dy.dtype }) };
  },
  onnx: 'training only',
  tfjs: (tf, { dy }, { attrs: { poolSize, strides, padding, inputSize }, outputs: { dx } }) => {
    // tfjs' kernel divides by the size of the pool also at the border, where fewer pixels count.
    const window = { size: poolSize, strides, padding };
    const shares = shareOfPool(window, { input: inputSize.map(Number), output: dy.shape.slice(1, 3) });
    const scaled = tf.mul(dy, tf.tensor4d(shares, [1, dy.shape[1] ?? 0, dy.shape[2] ?? 0, 1]));
    // tfjs exports the kernel, but no function for it; of the input it reads the shape.
    const input = tf.zeros([dy.shape[0] ?? 0, ...dx.shape.slice(1).map(Number)]);
    const attrs = { filterSize: pair(poolSize), strides: pair(strides), pad: padding };
    return { dx: tf.engine().runKernel<tfjs.Tensor>('AvgPoolGrad', { dy: scaled, input }, attrs) };
  },
  samples: [
    sample([2, 3, 2, 3], { poolSize: [2, 2], strides: [2, 2], padding: 'valid', inputSize: [6, 4] }),
    sample([2, 3, 3, 2], { poolSize: [2, 2], strides: [2, 2], padding: 'same', inputSize: [5, 5] }),
    sample([1, 7, 3, 2], { poolSize: [3, 2], strides: [1, 2], padding: 'same', inputSize: [7, 6] }),
    sample([1, 3, 5, 2], { poolSize: [3, 2], strides: [2, 1], padding: 'valid', inputSize: [7, 6] }),
  ],
});

/** For each window, row by row: the size of the pool by how many pixels of the image it covers; 1 inside. */
function shareOfPool(window: Window, { input, output }: Record<'input' | 'output', readonly number[]>): number[] {
  const padding = windowPadding(input, window);
  const [rows = [], columns = []] = output.map((count, axis) => {
    const [size = 1, stride = 1, length = 0] = [window.size[axis], window.strides[axis], input[axis]];
    const before = padding[axis]?.[0] ?? 0;
    return Array.from({ length: count }, (_, i) => {
      const begin = i * stride - before;
      return size / (Math.min(begin + size, length) - Math.max(begin, 0));
    });
  });
  return rows.flatMap((row) => columns.map((column) => row * column));
}
