import { clipParam } from '../compile/clip-gradients';
import { losses } from '../compile/losses/catalog';
import { optimizerParam } from '../compile/optimizers/catalog';
import { scheduleParam } from '../compile/schedules/catalog';
import type { Text } from '../text';
import { bool, choice, float, int, type ParamsOf, text, variant } from '../types/params';

const training: Text = { en: 'Training', zh: '训练' };
const stopping: Text = { en: 'Stopping', zh: '停止' };

/** One of the measures that the training takes, by name: `trainingMeasures`. */
function monitor(label: Text) {
  return text({ label, default: 'valLoss', maxLength: 200, options: 'measures' });
}

export const lossOptions = losses.map(({ name, label }) => ({ value: name, label }));

/** What an estimator carries beside its model; the params of every node that trains a network. */
export const trainingParams = {
  loss: choice({
    label: { en: 'Loss', zh: '损失函数' },
    help: {
      en: 'What training makes small. An Output layer may say another one for its own output.',
      zh: '训练要减小的量。“输出”层可以为自己的输出指定其他损失。',
    },
    section: training,
    default: 'sparseCategoricalCrossentropy',
    options: lossOptions,
  }),
  optimizer: { ...optimizerParam, section: training },
  schedule: { ...scheduleParam, section: training },
  clip: { ...clipParam, section: training },
  epochs: int({
    label: { en: 'Epochs', zh: '训练轮数' },
    help: { en: 'How often every training row is used.', zh: '每个训练样本被使用的次数。' },
    section: training,
    default: 5,
    min: 1,
    max: 100_000,
  }),
  batchSize: int({
    label: { en: 'Batch size', zh: '批大小' },
    help: { en: 'Rows per optimizer step.', zh: '每个优化步骤使用的行数。' },
    section: training,
    default: 32,
    min: 1,
    max: 1_000_000,
  }),
  precision: choice({
    label: { en: 'Precision', zh: '计算精度' },
    help: {
      en: 'bfloat16 is faster on processors with instructions for it, and less exact; weights stay float32. The run says what it did to the validation scores.',
      zh: '在带有相应指令的处理器上，bfloat16 更快，但精度较低；权重仍为 float32。运行时会说明它对验证指标的影响。',
    },
    section: training,
    default: 'float32',
    options: [
      { value: 'float32', label: { en: 'float32', zh: 'float32' } },
      { value: 'mixedBfloat16', label: { en: 'Mixed bfloat16', zh: '混合 bfloat16' } },
    ],
  }),
  earlyStopping: variant({
    label: { en: 'Early stopping', zh: '提前停止' },
    help: { en: 'Stop when training no longer helps.', zh: '当训练不再带来改进时停止。' },
    section: stopping,
    default: 'off',
    variants: {
      off: { label: { en: 'Off', zh: '关闭' }, params: {} },
      on: {
        label: { en: 'On', zh: '开启' },
        params: {
          monitor: monitor({ en: 'Watch', zh: '监视' }),
          patience: int({
            label: { en: 'Patience', zh: '耐心值' },
            unit: { en: 'epochs', zh: '轮' },
            default: 3,
            min: 1,
          }),
          minDelta: float({ label: { en: 'Smallest improvement', zh: '最小改进' }, default: 0, min: 0 }),
        },
      },
    },
  }),
  bestWeights: variant({
    label: { en: 'Weights to keep', zh: '保留的权重' },
    section: stopping,
    default: 'last',
    variants: {
      last: { label: { en: 'Of the last epoch', zh: '最后一轮' }, params: {} },
      best: {
        label: { en: 'Of the best epoch', zh: '最佳一轮' },
        params: {
          monitor: monitor({ en: 'Best by', zh: '评判依据' }),
        },
      },
    },
  }),
  checkpoints: bool({
    label: { en: 'Checkpoint every epoch', zh: '每轮保存检查点' },
    help: {
      en: 'A run that was cut off goes on from its last epoch.',
      zh: '中断的训练会从上一轮结束处继续。',
    },
    section: stopping,
    default: true,
  }),
} as const;

export type TrainingParams = ParamsOf<typeof trainingParams>;
