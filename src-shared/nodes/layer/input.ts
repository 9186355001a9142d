import { formatShape, sameShape } from '../../ops/dims';
import { type TensorType, tensorType } from '../../ops/tensor';
import { fail, isProblem, ProblemError } from '../../problem';
import { featureType } from '../../recipe/features';
import { text } from '../../types/params';
import type { WireType } from '../../types/ports';
import { defineNode } from '../define-node';

export const input = defineNode({
  kind: 'layer.input',
  title: { en: 'Input', zh: '输入' },
  summary: { en: 'Where a model begins: the shape of one example', zh: '模型的起点：单个样本的形状' },
  docs: {
    en: 'Connect the dataset to take the shape from its features, or write it, such as 28,28,1. Whole numbers are turned into floating-point ones here.',
    zh: '连接数据集以从其特征得到形状，或直接填写，例如 28,28,1。整数会在此转换为浮点数。',
  },
  version: 1,
  inputs: { like: { type: ['table', 'dataset'], optional: true } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    shape: text({
      label: { en: 'Shape', zh: '形状' },
      help: {
        en: 'Sizes without the batch, such as 28,28,1. Empty: from the data.',
        zh: '不含批次的大小，例如 28,28,1。留空则取自数据。',
      },
      default: '',
      pattern: '^\\s*(\\d+(\\s*,\\s*\\d+)*)?\\s*$',
      maxLength: 100,
    }),
  },
  mends: { 'no-model-input': {} },
  layer: (_inputs, { shape }, { b, name, types }) => {
    const x = b.input(name, inputType(writtenType(shape), dataType(types.like)));
    return { y: { value: b.cast(x, 'float32') } };
  },
});

function writtenType(shape: string): TensorType | undefined {
  if (shape.trim() === '') return undefined;
  const sizes = shape.split(',').map(Number);
  if (sizes.some((size) => size < 1)) fail('input-size-not-positive', { shape }, { param: 'shape' });
  return tensorType('float32', ['batch', ...sizes]);
}

function dataType(like: WireType | undefined): TensorType | undefined {
  if (like?.type !== 'table' && like?.type !== 'dataset') return undefined;
  const type = featureType(like);
  if (isProblem(type)) throw new ProblemError(type);
  return type;
}

function inputType(written: TensorType | undefined, data: TensorType | undefined): TensorType {
  const type = data ?? written;
  if (!type) {
    const fix = { code: 'connect' } as const;
    return fail('input-without-shape', {}, { param: 'shape', port: 'like', fix });
  }
  if (written && data && !sameShape(written.shape, data.shape)) {
    const values = { written: formatShape(written.shape), data: formatShape(data.shape) };
    fail('input-shape-differs', values, { param: 'shape', fix: { code: 'set-param', param: 'shape', to: '' } });
  }
  return type;
}
