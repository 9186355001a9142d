import { problem } from '../problem';
import { defineOp } from './define-op';
import { sizeOf } from './dims';
import { typeOf } from './emit/tensorflow-node';
import { dtypeProblem } from './shapes/elementwise';

type Attrs = { readonly seed: number };

/**
 * Uniform random numbers in [0, 1) of the shape of `like`. Stateless: (seed, counter) decides them, so the same step
 * of the same program draws the same numbers again. Which numbers those are is promised per runner only.
 */
export const randomUniform = defineOp({
  name: 'randomUniform',
  inputs: ['like', 'counter'],
  outputs: ['y'],
  inferShape: ({ like, counter }, { seed }: Attrs) => {
    if (counter.dtype !== 'int32') return dtypeProblem('randomUniform', counter.dtype, 'int32');
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31) {
      return problem('attribute-not-allowed', { op: 'randomUniform', name: 'seed', value: seed });
    }
    return { y: { dtype: 'float32', shape: like.shape } };
  },
  gradient: () => ({}),
  eachRow: true,
  cost: ({ like }) => ({ flops: sizeOf(like.shape) }),
  tensorflow: (b, { like, counter }, { attrs: { seed } }) => {
    const shape = b.node('Shape', [like], { ...typeOf(like, { out_type: { type: 'int32' } }), dtype: 'int32' });
    const parts = [b.constant([seed], 'int32', []), counter];
    const pair = b.node('Pack', parts, { attrs: { T: { type: 'int32' }, N: { int: 2 }, axis: { int: 0 } } });
    const attrs = { dtype: { type: 'float32' }, T: { type: 'int32' }, Tseed: { type: 'int32' } } as const;
    return { y: b.node('StatelessRandomUniform', [shape, pair], { attrs, dtype: 'float32' }) };
  },
  onnx: 'training only',
  tfjs: (tf, { like, counter }, { attrs: { seed } }) => {
    const step = counter.dataSync()[0] ?? 0;
    return { y: tf.randomUniform(like.shape, 0, 1, 'float32', `${seed}/${step}`) };
  },
  samples: [
    {
      inputs: {
        like: { shape: [50, 40], declared: ['batch', 40] },
        counter: { dtype: 'int32', shape: [], fill: [7] },
      },
      attrs: { seed: 42 },
      comparable: [],
    },
  ],
});
