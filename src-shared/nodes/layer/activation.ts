import { defineNode } from '../define-node';
import { activationParam, activations } from './activations';
import { inputOf } from './layer-input';

export const activation = defineNode({
  kind: 'layer.activation',
  title: { en: 'Activation', zh: '激活函数' },
  summary: {
    en: 'Bends every number: what lets layers learn more than sums',
    zh: '对每个数做非线性变换，使网络不止能学习加权和',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: { activation: activationParam('relu') },
  passesMask: true,
  layer: (inputs, params, { b }) => ({ y: { value: activations[params.activation].apply(b, inputOf(inputs)) } }),
});
