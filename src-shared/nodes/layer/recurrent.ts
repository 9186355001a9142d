import { type Dim, formatShape } from '../../ops/dims';
import type { Initializer, Value } from '../../ops/program';
import { elementCount } from '../../ops/tensor';
import { fail } from '../../problem';
import type { LayerContext, LayerValue } from '../../types/layer';
import { bool, choice, int, type ParamsOf } from '../../types/params';
import { inputOf, maskOf } from './layer-input';
import { skipMaskedSteps } from './mask-steps';
import { kernelInitializerParam, kernelOptions, kernelRegularizerParam, useBiasParam } from './weight-params';

/** What Keras' recurrent layers have in common. */
export const recurrentParams = {
  units: int({
    label: { en: 'Units', zh: '单元数' },
    help: { en: 'How many numbers are remembered from step to step.', zh: '在步与步之间记住的数值个数。' },
    default: 64,
    min: 1,
    max: 65_536,
  }),
  returnSequences: bool({
    label: { en: 'Output at every step', zh: '输出每一步' },
    help: {
      en: 'The output of every step, for another recurrent layer; otherwise that of the last step alone.',
      zh: '输出每一步的结果，供后续循环层使用；否则只输出最后一步。',
    },
    default: false,
  }),
  direction: choice({
    label: { en: 'Direction', zh: '方向' },
    help: {
      en: 'Both: two layers read the sequence, one of them backwards.',
      zh: '双向：两个层分别正向和反向读取序列。',
    },
    default: 'forward',
    options: [
      { value: 'forward', label: { en: 'Forward', zh: '正向' } },
      { value: 'reverse', label: { en: 'Backward', zh: '反向' } },
      { value: 'bidirectional', label: { en: 'Both (bidirectional)', zh: '双向' } },
    ],
  }),
  mergeMode: choice({
    label: { en: 'Merge', zh: '合并方式' },
    help: { en: 'How the outputs of both directions become one.', zh: '两个方向的输出如何合并。' },
    default: 'concat',
    options: [
      { value: 'concat', label: { en: 'Side by side', zh: '拼接' } },
      { value: 'sum', label: { en: 'Sum', zh: '求和' } },
      { value: 'mul', label: { en: 'Product', zh: '相乘' } },
      { value: 'ave', label: { en: 'Mean', zh: '平均' } },
    ],
    showIf: { param: 'direction', in: ['bidirectional'] },
  }),
  useBias: useBiasParam,
  kernelInitializer: kernelInitializerParam,
  kernelRegularizer: kernelRegularizerParam,
};

type Params = ParamsOf<typeof recurrentParams>;

/** A recurrent op: how many blocks of `units` its weights have, and its bias. */
export interface RecurrentCell {
  readonly op: 'lstm' | 'gru';
  readonly gates: number;
  readonly biasShape: (width: number) => readonly number[];
  readonly biasInit: Initializer;
}

interface Pass {
  readonly cell: RecurrentCell;
  readonly params: Params;
  readonly context: LayerContext;
  readonly x: Value;
  /** [batch, time], int32. */
  readonly mask?: Value | undefined;
}

/** Builds Keras' recurrent layer, with its weights under `kernel`, `forwardKernel`, `backwardKernel` and so on. */
export function recurrentLayer(
  cell: RecurrentCell,
  inputs: Readonly<Record<string, LayerValue | readonly LayerValue[]>>,
  { params, context }: { readonly params: Params; readonly context: LayerContext },
): { readonly y: LayerValue } {
  const x = inputOf(inputs);
  if (x.type.shape.length !== 3) return fail('not-a-sequence', { shape: formatShape(x.type.shape) }, { port: 'x' });
  const mask = maskOf(inputs);
  const counted = mask ? context.b.cast(mask, 'int32') : undefined;
  const value = bothOrOne({ cell, params, context, x, mask: counted });
  return { y: { value, ...(mask && params.returnSequences ? { mask } : {}) } };
}

function bothOrOne(pass: Pass): Value {
  const { params, context } = pass;
  if (params.direction !== 'bidirectional') return readSequence(pass, { isReversed: params.direction === 'reverse' });
  const forward = readSequence(pass, { prefix: 'forward', isReversed: false });
  const backward = readSequence(pass, { prefix: 'backward', isReversed: true });
  const aligned = params.returnSequences ? context.b.value('reverse', { x: backward }, { axes: [1] }) : backward;
  return merge(context, params.mergeMode, [forward, aligned]);
}

function merge({ b }: LayerContext, mode: Params['mergeMode'], [a, c]: readonly [Value, Value]): Value {
  if (mode === 'concat') return b.value('concat', { xs: [a, c] }, { axis: a.type.shape.length - 1 });
  if (mode === 'mul') return b.multiply(a, c);
  return mode === 'sum' ? b.add(a, c) : b.scale(b.add(a, c), 0.5);
}

/** One direction: [batch, time, in] → [batch, time, units] in the order of reading, or [batch, units]. */
function readSequence(pass: Pass, { prefix = '', isReversed }: { prefix?: string; isReversed: boolean }): Value {
  const { context, params, cell } = pass;
  const { b } = context;
  const turn = (value: Value) => (isReversed ? b.value('reverse', { x: value }, { axes: [1] }) : value);
  const weights = declareWeights(pass, prefix);
  const run = (x: Value) => b.value(cell.op, { x: b.transpose(x, [1, 0, 2]), ...weights });
  const lastOnly = !params.returnSequences;
  const x = turn(pass.x);
  if (!pass.mask) {
    const steps = run(x);
    return lastOnly ? lastStep(context, steps) : b.transpose(steps, [1, 0, 2]);
  }
  // In Keras, of both directions a masked step adds nothing to the merged outputs.
  const every = params.direction === 'bidirectional' ? 'zeroed' : 'repeated';
  const sequence = { x, mask: turn(pass.mask), outputs: lastOnly ? 'last' : every } as const;
  const y = skipMaskedSteps(b, sequence, (compact) => b.transpose(run(compact), [1, 0, 2]));
  return lastOnly ? b.reshape(y, [y.type.shape[0] ?? 1, params.units]) : y;
}

/** Of [time, batch, units], the last matrix. */
function lastStep({ b }: LayerContext, steps: Value): Value {
  const [time = 1, ...matrix] = steps.type.shape;
  const last = b.value('slice', { x: steps }, { begin: [Number(time) - 1, 0, 0], size: [1, ...matrix] });
  return b.reshape(last, matrix);
}

function declareWeights({ cell, params, context, x }: Pass, prefix: string) {
  const { b, weight } = context;
  const role = (name: string) => (prefix === '' ? name : `${prefix}${name[0]?.toUpperCase()}${name.slice(1)}`);
  const { units, useBias } = params;
  const width = cell.gates * units;
  const shape = cell.biasShape(width);
  const noBias = () => b.constant(new Array<number>(elementCount(shape)).fill(0), 'float32', shape);
  return {
    kernel: weight(role('kernel'), [knownSize(x.type.shape), width], kernelOptions(params)),
    recurrentKernel: weight(role('recurrentKernel'), [units, width], { init: { type: 'orthogonal', gain: 1 } }),
    bias: useBias ? weight(role('bias'), shape, { init: cell.biasInit }) : noBias(),
  };
}

function knownSize(shape: readonly Dim[]): number {
  const size = shape.at(-1);
  return typeof size === 'number' ? size : fail('not-a-sequence', { shape: formatShape(shape) }, { port: 'x' });
}
