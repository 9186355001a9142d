import { defineOp } from './define-op';
import { castOnnx } from './emit/onnx-node';
import { toTfjsType } from './emit/tfjs-type';
import { dtypeProblem, noFlops } from './shapes/elementwise';
import { type DType, isFloat } from './tensor';

type Attrs = { readonly dtype: DType };

/** The same numbers in another element type; towards whole numbers the fraction is cut off. */
export const cast = defineOp({
  name: 'cast',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { dtype }: Attrs) =>
    x.dtype === 'string' || dtype === 'string'
      ? dtypeProblem('cast', 'string', 'float32, int32, bool')
      : { y: { dtype, shape: x.shape } },
  gradient: (g, { x }, { dOutputs: { y: dy } }) => (dy && isFloat(x.type.dtype) ? { x: g.cast(dy, x.type.dtype) } : {}),
  eachRow: true,
  cost: noFlops,
  tensorflow: (b, { x }, { attrs: { dtype } }) => {
    const attrs = { SrcT: { type: x.dtype }, DstT: { type: dtype }, Truncate: { bool: false } };
    return { y: b.node('Cast', [x], { attrs, dtype }) };
  },
  onnx: (b, { x }, { attrs: { dtype } }) => ({ y: castOnnx(b, x, dtype) }),
  // tfjs' wasm backend makes truth values that are neither 0 nor 1 (4.22).
  tfjs: (tf, { x }, { attrs: { dtype } }) => ({
    y: dtype === 'bool' && x.dtype !== 'bool' ? tf.notEqual(x, tf.scalar(0, x.dtype)) : tf.cast(x, toTfjsType(dtype)),
  }),
  inDouble: (x = 0) => x,
  samples: [
    { inputs: { x: { shape: [4], fill: [1.9, -1.9, 0, 3], declared: ['batch'] } }, attrs: { dtype: 'int32' } },
    { inputs: { x: { dtype: 'uint8', shape: [2, 2], fill: [0, 1, 128, 255] } }, attrs: { dtype: 'float32' } },
    { inputs: { x: { dtype: 'bool', shape: [2], fill: [1, 0] } }, attrs: { dtype: 'float32' } },
    { inputs: { x: { shape: [3], fill: [0, 0.5, -2] } }, attrs: { dtype: 'bool' } },
    { inputs: { x: { shape: [3], fill: [0, 0.5, -2] } }, attrs: { dtype: 'float32' } },
  ],
});
