import { defineNode } from '../define-node';
import { activationParam } from './activations';
import { addBiasAndActivation } from './bias-and-activation';
import { blame, imageOf } from './layer-input';
import { kernelInitializerParam, kernelOptions, kernelRegularizerParam, useBiasParam } from './weight-params';
import { filtersParam, kernelSizeParam, paddingParam, stridesParam } from './window-params';

export const conv2d = defineNode({
  kind: 'layer.conv2d',
  title: { en: 'Conv2D', zh: '二维卷积' },
  summary: {
    en: 'Slides small learnt filters over an image; each finds one pattern everywhere',
    zh: '用可学习的小滤波器扫过图像，每个滤波器在各处寻找一种模式',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    filters: filtersParam,
    kernelSize: kernelSizeParam,
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
    const kernel = weight('kernel', [...params.kernelSize, channels, params.filters], kernelOptions(params));
    const attrs = { strides: params.strides, padding: params.padding, dilations: [1, 1] };
    const z = blame('kernelSize', () => b.value('conv2d', { x, kernel }, attrs));
    return { y: { value: addBiasAndActivation(z, params, context) } };
  },
});
