import { int } from '../../types/params';
import { defineNode } from '../define-node';
import { activationParam } from './activations';
import { addBiasAndActivation } from './bias-and-activation';
import { blame, imageOf } from './layer-input';
import { kernelInitializerParam, kernelOptions, kernelRegularizerParam, useBiasParam } from './weight-params';
import { kernelSizeParam, paddingParam, stridesParam } from './window-params';

export const depthwiseConv2d = defineNode({
  kind: 'layer.depthwiseConv2d',
  title: { en: 'DepthwiseConv2D', zh: '逐通道卷积' },
  summary: {
    en: 'Slides small learnt filters over each channel by itself, without mixing channels',
    zh: '用可学习的小滤波器分别扫过每个通道，不混合通道',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    kernelSize: kernelSizeParam,
    depthMultiplier: int({
      label: { en: 'Depth multiplier', zh: '深度倍数' },
      help: { en: 'How many filters each channel has.', zh: '每个通道的滤波器数量。' },
      default: 1,
      min: 1,
      max: 65_536,
    }),
    strides: stridesParam,
    padding: paddingParam,
    activation: activationParam('linear'),
    useBias: useBiasParam,
    kernelInitializer: kernelInitializerParam,
    kernelRegularizer: kernelRegularizerParam,
  },
  layer: (inputs, params, context) => {
    const { b, weight } = context;
    const { x, channels } = imageOf(inputs);
    const { kernelSize, depthMultiplier, strides, padding } = params;
    const kernel = weight('kernel', [...kernelSize, channels, depthMultiplier], kernelOptions(params));
    const convolve = () => b.value('depthwiseConv2d', { x, kernel }, { strides, padding });
    const z = blame(strides[0] === strides[1] ? 'kernelSize' : 'strides', convolve);
    return { y: { value: addBiasAndActivation(z, params, context) } };
  },
});
