import { float } from '../../types/params';
import { defineNode } from '../define-node';
import { inputOf } from './layer-input';

export const leakyReLU = defineNode({
  kind: 'layer.leakyReLU',
  title: { en: 'Leaky ReLU', zh: 'Leaky ReLU' },
  summary: {
    en: 'Keeps positive values and lets a share of negative ones through, so that no unit stops learning',
    zh: '保留正值，并让一部分负值通过，使神经元不会停止学习',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    negativeSlope: float({
      label: { en: 'Negative slope', zh: '负半轴斜率' },
      help: { en: 'Share of a negative value that passes.', zh: '负值通过的比例。' },
      default: 0.3,
      min: 0,
    }),
  },
  passesMask: true,
  layer: (inputs, { negativeSlope }, { b }) => ({
    y: { value: b.value('leakyRelu', { x: inputOf(inputs) }, { slope: negativeSlope }) },
  }),
});
