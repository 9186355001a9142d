import { bool } from '../../types/params';
import { defineNode } from '../define-node';
import { recurrentLayer, recurrentParams } from './recurrent';

export const lstm = defineNode({
  kind: 'layer.lstm',
  title: { en: 'LSTM', zh: 'LSTM' },
  summary: {
    en: 'Reads a sequence step by step, in one or both directions, and learns what to remember and what to forget',
    zh: '逐步读取序列（单向或双向），学习记住什么、忘记什么',
  },
  docs: {
    en: 'Takes [batch, time, numbers per step]. Computed as one fused operation. Padded steps are skipped where an Embedding before it says that 0 is padding.',
    zh: '输入为 [batch, 时间, 每步的数值]，作为一个融合运算执行。若前面的“嵌入”声明 0 为填充，则跳过填充的步。',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    ...recurrentParams,
    unitForgetBias: bool({
      label: { en: 'Begin by remembering', zh: '初始时倾向记忆' },
      help: { en: 'The bias of the forget gate starts at 1.', zh: '遗忘门的偏置从 1 开始。' },
      default: true,
      showIf: { param: 'useBias', in: [true] },
    }),
  },
  layer: (inputs, params, context) => {
    const biasInit = { type: params.unitForgetBias ? 'unitForgetBias' : 'zeros' } as const;
    return recurrentLayer({ op: 'lstm', gates: 4, biasShape: (width) => [width], biasInit }, inputs, {
      params,
      context,
    });
  },
});
