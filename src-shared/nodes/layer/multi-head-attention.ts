import { formatShape } from '../../ops/dims';
import type { Value } from '../../ops/program';
import { fail } from '../../problem';
import { bool, float, int } from '../../types/params';
import { defineNode } from '../define-node';
import { joinHeads, splitHeads } from './attention-heads';
import { maskScores } from './attention-masks';
import { dropValues } from './drop-values';
import { inputOf, type LayerInputs, maskOf } from './layer-input';
import { kernelInitializerParam, kernelOptions, kernelRegularizerParam, useBiasParam } from './weight-params';

export const multiHeadAttention = defineNode({
  kind: 'layer.multiHeadAttention',
  title: { en: 'MultiHeadAttention', zh: '多头注意力' },
  summary: {
    en: 'Lets every position of a sequence gather what it needs from all others',
    zh: '让序列中的每个位置从其他所有位置收集所需的信息',
  },
  docs: {
    en: 'Takes sequences [batch, time, channels]. With x alone a sequence attends to itself; connect another one to value (and key) to let x gather from that. Positions that a mask leaves out are not attended to.',
    zh: '输入为序列 [batch, 时间, 通道]。只连接 x 时为自注意力；将另一序列连接到 value（和 key）时，x 从该序列收集信息。被掩码排除的位置不参与注意力。',
  },
  version: 1,
  inputs: { x: { type: 'tensor' }, value: { type: 'tensor', optional: true }, key: { type: 'tensor', optional: true } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    numHeads: int({
      label: { en: 'Heads', zh: '头数' },
      help: { en: 'How many ways of looking stand side by side.', zh: '并行的注意力数量。' },
      default: 4,
      min: 1,
      max: 1024,
    }),
    keyDim: int({
      label: { en: 'Key size', zh: '键的大小' },
      help: { en: 'Numbers by which a head compares two positions.', zh: '每个头用来比较两个位置的数值个数。' },
      default: 16,
      min: 1,
      max: 65_536,
    }),
    valueDim: int({
      label: { en: 'Value size', zh: '值的大小' },
      help: {
        en: 'Numbers that a head hands on. 0: as many as the key has.',
        zh: '每个头传递的数值个数。0 表示与键相同。',
      },
      default: 0,
      min: 0,
      max: 65_536,
    }),
    dropout: float({
      label: { en: 'Dropout', zh: 'Dropout' },
      help: { en: 'Share of the attention that is blanked while training.', zh: '训练时被置零的注意力比例。' },
      default: 0,
      min: 0,
      max: 0.99,
    }),
    useCausalMask: bool({
      label: { en: 'Look back only', zh: '只看之前的位置' },
      help: { en: 'A position does not see those after it.', zh: '每个位置看不到其后的位置。' },
      default: false,
    }),
    useBias: useBiasParam,
    kernelInitializer: kernelInitializerParam,
    kernelRegularizer: kernelRegularizerParam,
  },
  // Vaswani et al., "Attention Is All You Need", 2017, section 3.2.
  layer: (inputs, params, { b, weight }) => {
    const [x, value, key] = sequencesOf(inputs);
    const { numHeads, keyDim, dropout, useBias } = params;
    const size = params.valueDim || keyDim;
    const options = kernelOptions(params);
    const project = (role: string, of: Sequence, width: number) =>
      splitHeads(b, of.value, {
        kernel: weight(`${role}Kernel`, [of.channels, numHeads, width], options),
        bias: useBias ? weight(`${role}Bias`, [numHeads, width], { init: { type: 'zeros' } }) : undefined,
      });
    const queries = b.scale(project('query', x, keyDim), 1 / Math.sqrt(keyDim));
    const [keys, values] = [project('key', key, keyDim), project('value', value, size)];
    const scores = b.value('batchMatMul', { a: queries, b: keys }, { transposeA: false, transposeB: true });
    const shares = b.unary('softmax', maskScores(b, scores, { query: x, value, key, isCausal: params.useCausalMask }));
    const kept = dropValues(b, shares, dropout);
    const gathered = b.value('batchMatMul', { a: kept, b: values }, { transposeA: false, transposeB: false });
    const y = joinHeads(b, gathered, {
      kernel: weight('attentionOutputKernel', [numHeads, size, x.channels], options),
      bias: useBias ? weight('attentionOutputBias', [x.channels], { init: { type: 'zeros' } }) : undefined,
    });
    return { y: { value: y, ...(x.mask && { mask: x.mask }) } };
  },
});

interface Sequence {
  readonly value: Value;
  readonly mask?: Value | undefined;
  readonly channels: number;
}

/** Query, value and key: where one is not connected, the one before it stands in. */
function sequencesOf(inputs: LayerInputs): [query: Sequence, value: Sequence, key: Sequence] {
  const query = sequenceAt(inputs, 'x');
  const value = inputs.value ? sequenceAt(inputs, 'value') : query;
  const key = inputs.key ? sequenceAt(inputs, 'key') : value;
  if (value.value.type.shape[1] === key.value.type.shape[1]) return [query, value, key];
  const [a, b] = [value, key].map(({ value: { type } }) => formatShape(type.shape));
  return fail('attention-lengths-differ', { value: a ?? '', key: b ?? '' }, { port: 'key' });
}

function sequenceAt(inputs: LayerInputs, port: string): Sequence {
  const value = inputOf(inputs, port);
  const { shape } = value.type;
  const [, time, channels] = shape;
  if (shape.length !== 3 || typeof time !== 'number' || typeof channels !== 'number') {
    return fail('not-a-sequence', { shape: formatShape(shape) }, { port });
  }
  return { value, channels, mask: maskOf(inputs, port) };
}
