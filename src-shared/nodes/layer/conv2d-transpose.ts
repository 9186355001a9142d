import { formatShape, isStatic, type Shape } from '../../ops/dims';
import { fail } from '../../problem';
import type { ParamsOf } from '../../types/params';
import { defineNode } from '../define-node';
import { activationParam } from './activations';
import { addBiasAndActivation } from './bias-and-activation';
import { imageOf } from './layer-input';
import { kernelInitializerParam, kernelOptions, kernelRegularizerParam, useBiasParam } from './weight-params';
import { filtersParam, kernelSizeParam, paddingParam, stridesParam } from './window-params';

const window = {
  kernelSize: kernelSizeParam,
  strides: {
    ...stridesParam,
    help: { en: 'How many times taller and wider the image becomes.', zh: '图像的高和宽放大的倍数。' },
  },
  padding: {
    ...paddingParam,
    help: {
      en: '"same" makes the size input × strides; "valid" adds what the window reaches beyond that.',
      zh: '"same" 使尺寸等于输入 × 步幅；"valid" 再加上窗口超出的部分。',
    },
  },
};

export const conv2dTranspose = defineNode({
  kind: 'layer.conv2dTranspose',
  title: { en: 'Conv2DTranspose', zh: '转置卷积' },
  summary: {
    en: 'The way back of a convolution: paints a learnt pattern at every pixel, so that images grow',
    zh: '卷积的反向过程：在每个像素处绘制学到的模式，使图像变大',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    filters: { ...filtersParam, help: { en: 'Channels of the output.', zh: '输出的通道数。' } },
    ...window,
    activation: activationParam('linear'),
    useBias: useBiasParam,
    kernelInitializer: kernelInitializerParam,
    kernelRegularizer: kernelRegularizerParam,
  },
  layer: (inputs, params, context) => {
    const { b, weight } = context;
    const { x, channels } = imageOf(inputs);
    const { filters, kernelSize, strides, padding } = params;
    const kernel = weight('kernel', [...kernelSize, filters, channels], kernelOptions(params));
    const inputSize = grownSize(x.type.shape, params);
    const z = b.value('conv2dBackpropInput', { dy: x, kernel }, { strides, padding, inputSize });
    return { y: { value: addBiasAndActivation(z, params, context) } };
  },
});

/** Keras' output size: n · s, and with `valid` padding what a window larger than its stride reaches beyond. */
function grownSize(shape: Shape, { kernelSize, strides, padding }: ParamsOf<typeof window>): number[] {
  const size: Shape = shape.slice(1, 3);
  if (!isStatic(size)) return fail('image-size-unknown', { shape: formatShape(shape) }, { port: 'x' });
  return size.map((n, i) => {
    const [stride, length] = [strides[i] ?? 1, kernelSize[i] ?? 1];
    return n * stride + (padding === 'valid' ? Math.max(0, length - stride) : 0);
  });
}
