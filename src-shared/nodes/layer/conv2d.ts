import { defineNode } from '../define-node';
import { int, pair } from '../params';
import { activationParam, activations } from './activations';
import { blame, imageOf } from './layer-input';
import { kernelInitializerParam, kernelOptions, kernelRegularizerParam, useBiasParam } from './weight-params';
import { paddingParam, stridesParam } from './window-params';

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
    filters: int({
      label: { en: 'Filters', zh: '滤波器数量' },
      help: { en: 'How many patterns: channels of the output.', zh: '模式的数量，即输出的通道数。' },
      default: 32,
      min: 1,
      max: 65_536,
    }),
    kernelSize: pair({
      label: { en: 'Kernel size', zh: '卷积核大小' },
      help: { en: 'Height and width of the window.', zh: '窗口的高和宽。' },
      default: [3, 3],
      min: 1,
      max: 1000,
    }),
    strides: stridesParam,
    padding: paddingParam,
    activation: activationParam('linear'),
    useBias: useBiasParam,
    kernelInitializer: kernelInitializerParam,
    kernelRegularizer: kernelRegularizerParam,
  },
  layer: (inputs, params, { b, weight }) => {
    const { x, channels } = imageOf(inputs);
    const kernel = weight('kernel', [...params.kernelSize, channels, params.filters], kernelOptions(params));
    const attrs = { strides: params.strides, padding: params.padding, dilations: [1, 1] };
    const z = blame('kernelSize', () => b.value('conv2d', { x, kernel }, attrs));
    const bias = params.useBias ? weight('bias', [params.filters], { init: { type: 'zeros' } }) : undefined;
    const biased = bias ? b.value('biasAdd', { x: z, bias }) : z;
    return { y: { value: activations[params.activation].apply(b, biased) } };
  },
});
