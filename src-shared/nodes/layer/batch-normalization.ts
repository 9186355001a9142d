import { formatShape } from '../../ops/dims';
import { fail } from '../../problem';
import { bool, float } from '../../types/params';
import { defineNode } from '../define-node';
import { inputOf } from './layer-input';

export const batchNormalization = defineNode({
  kind: 'layer.batchNormalization',
  title: { en: 'BatchNormalization', zh: '批归一化' },
  summary: {
    en: 'Gives every channel mean 0 and deviation 1 within the batch, then scales and shifts it as learnt',
    zh: '使每个通道在批内均值为 0、标准差为 1，再按学到的参数缩放和平移',
  },
  docs: {
    en: 'In training it uses the batch; in prediction the moving averages collected on the way. Very small batches make it unsteady.',
    zh: '训练时使用当前批的统计量，预测时使用训练过程中累积的滑动平均。批过小会使其不稳定。',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    momentum: float({
      label: { en: 'Momentum', zh: '动量' },
      help: { en: 'Share of the moving averages that is kept at each step.', zh: '每一步保留的滑动平均比例。' },
      default: 0.99,
      min: 0,
      max: 1,
    }),
    epsilon: float({
      label: { en: 'Epsilon', zh: 'Epsilon' },
      help: { en: 'Added to the variance, so that it is never 0.', zh: '加到方差上，避免其为 0。' },
      default: 1e-3,
      min: 0,
      exclusive: true,
    }),
    center: bool({ label: { en: 'Shift (beta)', zh: '平移（beta）' }, default: true }),
    scale: bool({ label: { en: 'Scale (gamma)', zh: '缩放（gamma）' }, default: true }),
  },
  layer: (inputs, { momentum, epsilon, center, scale }, { b, weight, moving }) => {
    const x = inputOf(inputs);
    const channels = x.type.shape.at(-1);
    if (x.type.shape.length < 2 || typeof channels !== 'number') {
      return fail('channels-unknown', { shape: formatShape(x.type.shape) }, { port: 'x' });
    }
    const all = (value: number) => b.constant(new Array<number>(channels).fill(value));
    const gamma = scale ? weight('gamma', [channels], { init: { type: 'ones' } }) : all(1);
    const beta = center ? weight('beta', [channels], { init: { type: 'zeros' } }) : all(0);
    const mean = moving('movingMean', [channels], { type: 'zeros' });
    const variance = moving('movingVariance', [channels], { type: 'ones' });
    const normalized = b.op(
      'batchNorm',
      { x, gamma, beta, movingMean: mean.value, movingVariance: variance.value },
      { momentum, epsilon },
    );
    const { y, movingMean, movingVariance } = normalized;
    if (!y || !movingMean || !movingVariance) throw new Error('The op "batchNorm" lacks an output.');
    mean.update(movingMean);
    variance.update(movingVariance);
    return { y: { value: y } };
  },
});
