import { lossOptions } from '../../fit/training-params';
import { fail } from '../../problem';
import { choice, column, float } from '../../types/params';
import { defineNode } from '../define-node';
import { inputOf } from './layer-input';

/** Where a model ends: what the tensor is compared with, and how much that counts. */
export const output = defineNode({
  kind: 'layer.output',
  title: { en: 'Output', zh: '输出' },
  summary: {
    en: 'Where a model ends: what it is to predict, and by which loss',
    zh: '模型的终点：要预测什么，以及用哪种损失',
  },
  docs: {
    en: 'A model with several outputs has one of these for each, all connected to Train. The target is a column, or a value of the model itself: connect the input to “target” and the model learns to give it back.',
    zh: '有多个输出的模型为每个输出各设一个“输出”层，并全部连接到“训练”。目标可以是一列，也可以是模型中的某个值：把输入连接到“target”，模型就学习还原它。',
  },
  version: 1,
  inputs: {
    x: { type: 'tensor' },
    target: { type: 'tensor', optional: true },
    like: { type: ['table', 'dataset'], optional: true },
  },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    target: column({
      label: { en: 'Target', zh: '目标列' },
      help: {
        en: 'The column to predict. Empty: the only target of the data, or what is connected.',
        zh: '要预测的列。留空：数据中唯一的目标列，或所连接的值。',
      },
      default: '',
    }),
    loss: choice({
      label: { en: 'Loss', zh: '损失函数' },
      default: 'auto',
      options: [{ value: 'auto', label: { en: 'By the target', zh: '由目标决定' } }, ...lossOptions],
    }),
    weight: float({
      label: { en: 'Weight', zh: '权重' },
      help: {
        en: 'How much its loss counts in the sum of all outputs.',
        zh: '该输出的损失在所有输出损失之和中所占的权重。',
      },
      default: 1,
      min: 0,
      exclusive: true,
      max: 1_000_000,
    }),
  },
  layer: (inputs, { target }) => {
    if (inputs.target && target !== '') fail('two-targets', { column: target }, { param: 'target', port: 'target' });
    return { y: { value: inputOf(inputs) } };
  },
  aims: ({ target, loss, weight }) => ({
    weight,
    ...(target === '' ? {} : { target: { column: target } }),
    ...(loss === 'auto' ? {} : { loss }),
  }),
});
