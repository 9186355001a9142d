import { formatShape } from '../../ops/dims';
import { fail } from '../../problem';
import { bool, float } from '../../types/params';
import { defineNode } from '../define-node';
import { inputOf } from './layer-input';

export const layerNormalization = defineNode({
  kind: 'layer.layerNormalization',
  title: { en: 'LayerNormalization', zh: '层归一化' },
  summary: {
    en: 'Gives the channels of every position mean 0 and deviation 1, then scales and shifts them as learnt',
    zh: '使每个位置的各通道均值为 0、标准差为 1，再按学到的参数缩放和平移',
  },
  docs: {
    en: 'Looks at one position of one example at a time, so that it does the same in training and in prediction, and with any batch size. The usual choice beside attention and in recurrent networks.',
    zh: '每次只看一个样本的一个位置，因此训练与预测时行为相同，也不受批大小影响。常与注意力层和循环网络搭配。',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
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
  passesMask: true,
  layer: (inputs, { epsilon, center, scale }, { b, weight }) => {
    const x = inputOf(inputs);
    const channels = x.type.shape.at(-1);
    if (x.type.shape.length < 2 || typeof channels !== 'number') {
      return fail('channels-unknown', { shape: formatShape(x.type.shape) }, { port: 'x' });
    }
    const all = (value: number) => b.constant(new Array<number>(channels).fill(value));
    const gamma = scale ? weight('gamma', [channels], { init: { type: 'ones' } }) : all(1);
    const beta = center ? weight('beta', [channels], { init: { type: 'zeros' } }) : all(0);
    return { y: { value: b.value('layerNorm', { x, gamma, beta }, { epsilon }) } };
  },
});
