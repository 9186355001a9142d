import { formatShape, sizeOf } from '../../ops/dims';
import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import { fail } from '../../problem';
import { int } from '../../types/params';
import { defineNode } from '../define-node';
import { activationParam } from './activations';
import { addBiasAndActivation } from './bias-and-activation';
import { inputOf } from './layer-input';
import { kernelInitializerParam, kernelOptions, kernelRegularizerParam, useBiasParam } from './weight-params';

export const dense = defineNode({
  kind: 'layer.dense',
  title: { en: 'Dense', zh: '全连接' },
  summary: {
    en: 'Every output is a weighted sum of every input',
    zh: '每个输出都是所有输入的加权和',
  },
  docs: {
    en: 'Works on the last axis, as in Keras: of an image it mixes the channels of each pixel. Put Flatten before it to mix all pixels.',
    zh: '与 Keras 相同，作用于最后一个轴：对图像只混合每个像素的通道。若要混合所有像素，请在前面加“展平”。',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    units: int({
      label: { en: 'Units', zh: '单元数' },
      help: { en: 'How many outputs.', zh: '输出的数量。' },
      default: 64,
      min: 1,
      max: 1_048_576,
    }),
    activation: activationParam('linear'),
    useBias: useBiasParam,
    kernelInitializer: kernelInitializerParam,
    kernelRegularizer: kernelRegularizerParam,
  },
  passesMask: true,
  layer: (inputs, params, context) => {
    const { b, weight } = context;
    const x = inputOf(inputs);
    const { shape } = x.type;
    const size = shape.at(-1);
    if (shape.length < 2 || typeof size !== 'number') {
      return fail('dense-unknown-size', { shape: formatShape(shape) }, { port: 'x' });
    }
    const kernel = weight('kernel', [size, params.units], kernelOptions(params));
    const z = multiplyLastAxis(b, x, kernel);
    return { y: { value: addBiasAndActivation(z, params, context) } };
  },
});

/** [batch, …, in] · [in, out] → [batch, …, out]. */
function multiplyLastAxis(b: ProgramBuilder, x: Value, kernel: Value): Value {
  const outer = x.type.shape.slice(0, -1);
  const [size = 1, units = 1] = kernel.type.shape;
  if (outer.length === 1) return b.matMul(x, kernel);
  return b.reshape(b.matMul(b.reshape(x, [sizeOf(outer), size]), kernel), [...outer, units]);
}
