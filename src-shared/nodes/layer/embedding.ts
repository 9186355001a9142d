import { bool, int } from '../../types/params';
import { defineNode } from '../define-node';
import { inputOf } from './layer-input';

export const embedding = defineNode({
  kind: 'layer.embedding',
  title: { en: 'Embedding', zh: '嵌入' },
  summary: {
    en: 'Gives every word or category, which comes as a number, a learnt vector of its own',
    zh: '为每个以编号表示的词或类别学习一个向量',
  },
  docs: {
    en: 'Takes whole numbers from 0 to input size − 1, one per example or a sequence of them. With "0 is padding", an attention layer that follows leaves out the places that hold 0.',
    zh: '接收从 0 到“输入大小 − 1”的整数，每个样本一个或一个序列。勾选“0 为填充”后，后面的注意力层会忽略值为 0 的位置。',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    inputDim: int({
      label: { en: 'Input size', zh: '输入大小' },
      help: {
        en: 'How many different numbers there are: the largest, plus 1.',
        zh: '不同编号的个数：最大编号加 1。',
      },
      default: 1000,
      min: 1,
      max: 16_777_216,
    }),
    outputDim: int({
      label: { en: 'Output size', zh: '输出大小' },
      help: { en: 'Length of each vector.', zh: '每个向量的长度。' },
      default: 64,
      min: 1,
      max: 65_536,
    }),
    maskZero: bool({
      label: { en: '0 is padding', zh: '0 为填充' },
      help: {
        en: 'The number 0 stands for no word; attention leaves it out.',
        zh: '编号 0 表示没有词，注意力层会忽略它。',
      },
      default: false,
    }),
  },
  layer: (inputs, { inputDim, outputDim, maskZero }, { b, weight }) => {
    // Keras' default initialiser of embeddings.
    const init = { type: 'randomUniform', min: -0.05, max: 0.05 } as const;
    const table = weight('embeddings', [inputDim, outputDim], { init });
    const indices = b.cast(inputOf(inputs), 'int32');
    const value = b.value('gather', { x: table, indices }, { axis: 0 });
    return { y: maskZero ? { value, mask: b.compare('greater', indices, b.constant(0, 'int32')) } : { value } };
  },
});
