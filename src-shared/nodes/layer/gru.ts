import { defineNode } from '../define-node';
import { recurrentLayer, recurrentParams } from './recurrent';

export const gru = defineNode({
  kind: 'layer.gru',
  title: { en: 'GRU', zh: 'GRU' },
  summary: {
    en: 'Reads a sequence step by step, in one or both directions; simpler than an LSTM, with fewer weights',
    zh: '逐步读取序列（单向或双向）；比 LSTM 更简单，权重更少',
  },
  docs: {
    en: 'Takes [batch, time, numbers per step]. The reset gate works after the product with the state, as in Keras. Padded steps are skipped where an Embedding before it says that 0 is padding.',
    zh: '输入为 [batch, 时间, 每步的数值]。与 Keras 相同，重置门作用于与状态相乘之后。若前面的“嵌入”声明 0 为填充，则跳过填充的步。',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: recurrentParams,
  layer: (inputs, params, context) =>
    recurrentLayer({ op: 'gru', gates: 3, biasShape: (width) => [2, width], biasInit: { type: 'zeros' } }, inputs, {
      params,
      context,
    }),
});
