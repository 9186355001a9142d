import { isProblem, problem } from '../problem';
import { defineOp } from './define-op';
import { multiplyDims, sizeOf } from './dims';
import { floatLike } from './shapes/elementwise';

type Attrs = {
  /** The share of elements that are set to 0 in training, from 0 to below 1. */
  readonly rate: number;
  readonly seed: number;
};

/**
 * In training every element is kept with probability 1 − rate and then divided by it, else 0; otherwise nothing
 * happens. Srivastava and others, "Dropout", 2014, section 10 (inverted, as in Keras).
 */
export const dropout = defineOp({
  name: 'dropout',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { rate }: Attrs) => {
    const checked = floatLike('dropout', x);
    if (isProblem(checked) || (rate >= 0 && rate < 1)) return checked;
    return problem('attribute-not-allowed', { op: 'dropout', name: 'rate', value: rate });
  },
  cost: (_inputs, { y }) => ({ flops: multiplyDims(3, sizeOf(y.shape)) }),
  lower: (b, { x }, { attrs: { rate, seed }, phase, stepCounter }) => {
    if (phase === 'infer' || rate === 0) return { y: x };
    if (!stepCounter) throw new Error('Dropout needs the step counter in training.');
    const draw = b.value('randomUniform', { like: x, counter: stepCounter }, { seed });
    const isKept = b.compare('greater', b.constant(1 - rate), draw);
    const mask = b.scale(b.cast(isKept, x.type.dtype), 1 / (1 - rate));
    return { y: b.multiply(x, mask) };
  },
  samples: [{ inputs: { x: { shape: [50, 40], declared: ['batch', 40] } }, attrs: { rate: 0.3, seed: 1 } }],
});
