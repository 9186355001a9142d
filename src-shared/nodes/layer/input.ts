import { formatShape, sameShape } from '../../ops/dims';
import { type TensorType, tensorType } from '../../ops/tensor';
import { fail, isProblem, ProblemError } from '../../problem';
import { bindInputs } from '../../recipe/bind-inputs';
import { featureType } from '../../recipe/features';
import { columns, text } from '../../types/params';
import type { WireType } from '../../types/ports';
import { defineNode } from '../define-node';

export const input = defineNode({
  kind: 'layer.input',
  title: { en: 'Input', zh: '输入' },
  summary: { en: 'Where a model begins: the shape of one example', zh: '模型的起点：单个样本的形状' },
  docs: {
    en: 'Connect the dataset to take the shape from its features, or write it, such as 28,28,1. A model with several inputs says here which columns enter where. Whole numbers are turned into floating-point ones here.',
    zh: '连接数据集以从其特征得到形状，或直接填写，例如 28,28,1。有多个输入的模型在此指定各列进入哪个输入。整数会在此转换为浮点数。',
  },
  // Columns were added with a default that means what there was before: no upgrade is needed.
  version: 1,
  inputs: { like: { type: ['table', 'dataset'], optional: true } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    columns: columns({
      label: { en: 'Columns', zh: '列' },
      help: {
        en: 'The columns that enter here, in this order.',
        zh: '按此顺序进入该输入的列。',
      },
      default: [],
      emptyMeans: { en: 'All features that no other input takes', zh: '其他输入未使用的所有特征' },
    }),
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
  layer: (_inputs, { shape, columns: names }, { b, name, types }) => {
    const x = b.input(name, inputType(writtenType(shape), dataType(types.like, { name, names })));
    return { y: { value: b.cast(x, 'float32') } };
  },
  binds: ({ columns: names }) => (names.length === 0 ? 'rest' : names),
});

function writtenType(shape: string): TensorType | undefined {
  if (shape.trim() === '') return undefined;
  const sizes = shape.split(',').map(Number);
  if (sizes.some((size) => size < 1)) fail('input-size-not-positive', { shape }, { param: 'shape' });
  return tensorType('float32', ['batch', ...sizes]);
}

interface Entering {
  readonly name: string;
  readonly names: readonly string[];
}

function dataType(like: WireType | undefined, { name, names }: Entering): TensorType | undefined {
  if (like?.type !== 'table' && like?.type !== 'dataset') return undefined;
  const bound = bindInputs([{ input: name, columns: names.length === 0 ? 'rest' : names }], like.columns);
  if (isProblem(bound)) throw new ProblemError(bound);
  const type = featureType({ columns: bound.flatMap(({ columns: own }) => own) });
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
