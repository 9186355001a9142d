import { isProblem } from '../problem';
import { defineOp, type Sample } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { toChannelsFirst, toChannelsLast, transposeOnnx, windowAttributesOnnx } from './emit/onnx-node';
import { typeOf, windowAttributes } from './emit/tensorflow-node';
import { fourAxes, pair } from './emit/tfjs-window';
import { floatLike, rankProblem } from './shapes/elementwise';
import { slideWindow } from './shapes/window';

type Attrs = {
  readonly poolSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid';
};

function sample(x: readonly number[], attrs: Attrs): Sample {
  return { inputs: { x: { shape: x, declared: ['batch', ...x.slice(1)] } }, attrs };
}

/** The mean under each window, per channel; padding does not count. */
export const avgPool2d = defineOp({
  name: 'avgPool2d',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { poolSize, strides, padding }: Attrs) => {
    if (x.shape.length !== 4) return rankProblem('avgPool2d', { shape: x.shape, expected: 4 });
    const checked = floatLike('avgPool2d', x);
    if (isProblem(checked)) return checked;
    const [batch = 0, , , channels = 0] = x.shape;
    const size = slideWindow(x.shape.slice(1, 3), { size: poolSize, strides, padding });
    return isProblem(size) ? size : { y: { dtype: x.dtype, shape: [batch, ...size, channels] } };
  },
  gradient: (g, { x }, { attrs, dOutputs: { y: dy } }) =>
    dy ? { x: g.value('avgPoolGrad', { dy }, { ...attrs, inputSize: x.type.shape.slice(1, 3) }) } : {},
  eachRow: true,
  cost: (_inputs, { y }, { poolSize }) => ({ flops: multiplyDims(sizeOf(y.shape), sizeOf(poolSize)) }),
  tensorflow: (b, { x }, { attrs: { poolSize, strides, padding } }) => ({
    y: b.node(
      'AvgPool',
      [x],
      typeOf(x, { ...windowAttributes(strides, padding), ksize: { ints: [1, ...poolSize, 1] } }),
    ),
  }),
  onnx: (b, { x }, { attrs: { poolSize, strides, padding } }) => {
    const nchw = transposeOnnx(b, x, toChannelsFirst);
    const window = windowAttributesOnnx({ size: poolSize, strides, padding });
    const attrs = { kernel_shape: { ints: poolSize }, ...window, count_include_pad: { i: 0 } };
    return { y: transposeOnnx(b, b.node('AveragePool', [nchw], { attrs }), toChannelsLast) };
  },
  tfjs: (tf, { x }, { attrs: { poolSize, strides, padding } }) => ({
    y: tf.avgPool(fourAxes(x), pair(poolSize), pair(strides), padding),
  }),
  samples: [
    sample([2, 6, 4, 3], { poolSize: [2, 2], strides: [2, 2], padding: 'valid' }),
    sample([2, 5, 5, 2], { poolSize: [2, 2], strides: [2, 2], padding: 'same' }),
    sample([1, 7, 6, 2], { poolSize: [3, 2], strides: [1, 2], padding: 'same' }),
    sample([1, 7, 6, 2], { poolSize: [3, 2], strides: [2, 1], padding: 'valid' }),
  ],
});
