import { int } from '../../types/params';
import { defineNode } from '../define-node';
import { activationParam } from './activations';
import { addBiasAndActivation } from './bias-and-activation';
import { blame, imageOf } from './layer-input';
import { kernelInitializerParam, kernelOptions, kernelRegularizerParam, useBiasParam } from './weight-params';
import { filtersParam, kernelSizeParam, paddingParam, stridesParam } from './window-params';

export const separableConv2d = defineNode({
  kind: 'layer.separableConv2d',
  title: { en: 'SeparableConv2D', zh: '可分离卷积' },
  summary: {
    en: 'A convolution in two cheap halves: each channel by itself, then channels mixed pixel by pixel',
    zh: '将卷积拆成两步以节省计算：先逐通道卷积，再逐像素混合通道',
  },
  docs: {
    en: 'Has far fewer weights than Conv2D with the same window and number of filters. Initializer and regularizer count for both halves.',
    zh: '在窗口和滤波器数量相同时，权重远少于普通卷积。初始化方式与正则化同时用于两步的权重。',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    filters: filtersParam,
    kernelSize: kernelSizeParam,
    depthMultiplier: int({
      label: { en: 'Depth multiplier', zh: '深度倍数' },
      help: { en: 'How many filters each channel has before mixing.', zh: '混合前每个通道的滤波器数量。' },
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
  // Chollet, "Xception: Deep Learning with Depthwise Separable Convolutions", 2017.
  layer: (inputs, params, context) => {
    const { b, weight } = context;
    const { x, channels } = imageOf(inputs);
    const { filters, kernelSize, depthMultiplier, strides, padding } = params;
    const options = kernelOptions(params);
    const depthwise = weight('depthwiseKernel', [...kernelSize, channels, depthMultiplier], options);
    const pointwise = weight('pointwiseKernel', [1, 1, channels * depthMultiplier, filters], options);
    const convolve = () => b.value('depthwiseConv2d', { x, kernel: depthwise }, { strides, padding });
    const apart = blame(strides[0] === strides[1] ? 'kernelSize' : 'strides', convolve);
    const mixing = { strides: [1, 1], padding: 'valid', dilations: [1, 1] };
    const z = b.value('conv2d', { x: apart, kernel: pointwise }, mixing);
    return { y: { value: addBiasAndActivation(z, params, context) } };
  },
});
