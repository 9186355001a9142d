import { float } from '../../types/params';
import { defineNode } from '../define-node';
import { dropValues } from './drop-values';
import { inputOf } from './layer-input';

export const dropout = defineNode({
  kind: 'layer.dropout',
  title: { en: 'Dropout', zh: 'Dropout' },
  summary: {
    en: 'Blanks random values while training, so that the network does not rely on single ones',
    zh: '训练时随机置零部分值，使网络不依赖个别值',
  },
  docs: {
    en: 'Active only in training; the values that stay are scaled up by 1 / (1 − rate).',
    zh: '仅在训练时生效；保留的值会放大 1 / (1 − rate) 倍。',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    rate: float({
      label: { en: 'Rate', zh: '丢弃率' },
      help: { en: 'Share of the values that is blanked.', zh: '被置零的值所占的比例。' },
      default: 0.5,
      min: 0,
      max: 0.99,
    }),
  },
  passesMask: true,
  layer: (inputs, { rate }, { b }) => ({ y: { value: dropValues(b, inputOf(inputs), rate) } }),
});
