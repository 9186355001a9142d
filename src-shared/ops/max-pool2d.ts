import { isProblem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { toChannelsFirst, toChannelsLast, transposeOnnx, windowAttributesOnnx } from './emit/onnx-node';
import { typeOf, windowAttributes } from './emit/tensorflow-node';
import { fourAxes, pair } from './emit/tfjs-window';
import { rankProblem } from './shapes/elementwise';
import { slideWindow } from './shapes/window';

type Attrs = {
  readonly poolSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
};

function sample(x: readonly number[], attrs: Attrs): Sample {
  return { inputs: { x: { shape: x, fill: 'distinct', declared: ['batch', ...x.slice(1)] } }, attrs };
}

/** The largest value under each window, per channel; padding never wins. */
export const maxPool2d = defineOp({
  name: 'maxPool2d',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { poolSize, strides, padding }: Attrs) => {
    if (x.shape.length !== 4) return rankProblem('maxPool2d', { shape: x.shape, expected: 4 });
    const [batch = 0, , , channels = 0] = x.shape;
    const size = slideWindow(x.shape.slice(1, 3), { size: poolSize, strides, padding });
    return isProblem(size) ? size : { y: { dtype: x.dtype, shape: [batch, ...size, channels] } };
  },
  gradient: (g, { x }, { attrs, outputs, dOutputs: { y: dy } }) =>
    dy ? { x: g.value('maxPoolGrad', { x, y: outputs.y, dy }, attrs) } : {},
  eachRow: true,
  cost: (_inputs, { y }, { poolSize }) => ({ flops: multiplyDims(sizeOf(y.shape), sizeOf(poolSize)) }),
  tensorflow: (b, { x }, { attrs: { poolSize, strides, padding } }) => ({
    y: b.node(
      'MaxPool',
      [x],
      typeOf(x, { ...windowAttributes(strides, padding), ksize: { ints: [1, ...poolSize, 1] } }),
    ),
  }),
  onnx: (b, { x }, { attrs: { poolSize, strides, padding } }) => {
    const nchw = transposeOnnx(b, x, toChannelsFirst);
    const attrs = { kernel_shape: { ints: poolSize }, ...windowAttributesOnnx({ size: poolSize, strides, padding }) };
    return { y: transposeOnnx(b, b.node('MaxPool', [nchw], { attrs }), toChannelsLast) };
  },
  tfjs: (tf, { x }, { attrs: { poolSize, strides, padding } }) => ({
    y: tf.maxPool(fourAxes(x), pair(poolSize), pair(strides), padding),
  }),
  samples: [
    sample([2, 6, 4, 3], { poolSize: [2, 2], strides: [2, 2], padding: 'valid' }),
    sample([2, 5, 5, 2], { poolSize: [2, 2], strides: [2, 2], padding: 'same' }),
    sample([1, 7, 6, 2], { poolSize: [3, 2], strides: [1, 2], padding: 'valid' }),
  ],
});
