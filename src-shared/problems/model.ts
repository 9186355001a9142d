import type { ProblemText } from './problem-text';

export const modelProblems: Readonly<Record<string, ProblemText>> = {
  'kernel-larger-than-input': {
    text: {
      en: 'The window of {kernel} is larger than its input of {input}.',
      zh: '{kernel} 的窗口比大小为 {input} 的输入还大。',
    },
    fix: {
      en: 'Set padding to "same", make the window smaller, or use fewer pooling layers before it.',
      zh: '把填充设为 "same"、缩小窗口,或减少它前面的池化层。',
    },
  },
  'window-not-positive': {
    text: {
      en: 'Window size, strides and dilations are whole numbers from 1 on, not {value}.',
      zh: '窗口大小、步幅和膨胀率必须是不小于 1 的整数,不能是 {value}。',
    },
  },
  'padding-unknown': {
    text: {
      en: 'Padding is "same" or "valid", not "{padding}".',
      zh: '填充只能是 "same" 或 "valid",不能是 "{padding}"。',
    },
  },
  'strides-with-dilations': {
    text: {
      en: 'Strides of {strides} and dilations of {dilations} cannot be used together.',
      zh: '步幅 {strides} 与膨胀率 {dilations} 不能同时使用。',
    },
    fix: { en: 'Set one of the two to 1.', zh: '把其中之一设为 1。' },
  },
  'strides-differ': {
    text: {
      en: 'This layer moves as far down as to the right; its strides cannot be {strides}.',
      zh: '该层的行步幅与列步幅必须相同，不能是 {strides}。',
    },
    fix: { en: 'Set both strides to the same number.', zh: '将两个步幅设为相同的数。' },
  },
  'channels-differ': {
    text: {
      en: 'The kernel {kernel} expects another number of channels than its input {input} has.',
      zh: '卷积核 {kernel} 期望的通道数与输入 {input} 不同。',
    },
  },
  'bias-does-not-fit': {
    text: {
      en: 'The bias {bias} does not fit the last axis of {x}.',
      zh: '偏置 {bias} 与 {x} 的最后一轴不匹配。',
    },
  },
  'matrices-do-not-fit': {
    text: {
      en: 'Matrices {a} and {b} cannot be multiplied: the inner sizes differ.',
      zh: '矩阵 {a} 与 {b} 不能相乘:内侧大小不同。',
    },
  },
  'shapes-do-not-broadcast': {
    text: {
      en: '"{op}" cannot combine the shapes {a} and {b}.',
      zh: '"{op}" 无法组合形状 {a} 与 {b}。',
    },
  },
  'dtypes-differ': {
    text: {
      en: '"{op}" needs inputs of one element type, not {a} and {b}.',
      zh: '"{op}" 的输入必须是同一种元素类型,而不是 {a} 和 {b}。',
    },
  },
  'dtype-not-allowed': {
    text: {
      en: '"{op}" takes {expected}, not {dtype}.',
      zh: '"{op}" 接受 {expected},不接受 {dtype}。',
    },
  },
  'rank-not-allowed': {
    text: {
      en: '"{op}" takes an input of {expected} axes; {shape} has {rank}.',
      zh: '"{op}" 需要 {expected} 个轴的输入;{shape} 有 {rank} 个轴。',
    },
  },
  'axis-out-of-range': {
    text: {
      en: '"{op}" was asked for axis {axis}, but {shape} has no such axis.',
      zh: '"{op}" 指定了第 {axis} 轴,但 {shape} 没有这个轴。',
    },
  },
  'reshape-size-differs': {
    text: {
      en: '{from} cannot be reshaped to {to}: the number of elements differs.',
      zh: '{from} 无法变形为 {to}:元素数量不同。',
    },
  },
  'reshape-two-unknown': {
    text: {
      en: '{from} cannot be reshaped to {to}: only one size may be unknown before the run.',
      zh: '{from} 无法变形为 {to}:运行前只能有一个大小未知。',
    },
  },
  'sequence-length-unknown': {
    text: {
      en: 'A recurrent layer has to know how many steps a sequence has and how many numbers each; it was given {shape}.',
      zh: '循环层需要知道序列的步数以及每步的数值个数；得到的是 {shape}。',
    },
    fix: {
      en: 'Write the shape of the sequence in the Input node, such as 20,8.',
      zh: '请在“输入”节点中填写序列的形状，例如 20,8。',
    },
  },
  'slice-out-of-range': {
    text: {
      en: 'A slice of {size} from {begin} reaches outside {shape}.',
      zh: '从 {begin} 起、大小为 {size} 的切片超出了 {shape}。',
    },
  },
  'shapes-differ': {
    text: {
      en: '"{op}" needs equal shapes, not {a} and {b}.',
      zh: '"{op}" 需要相同的形状,而不是 {a} 与 {b}。',
    },
  },
  'value-count-differs': {
    text: {
      en: 'A constant of {shape} cannot hold {count} values.',
      zh: '形状为 {shape} 的常量不能容纳 {count} 个值。',
    },
  },
  'attribute-not-allowed': {
    text: {
      en: '"{op}" cannot work with {name} = {value}.',
      zh: '"{op}" 不能使用 {name} = {value}。',
    },
  },
  'permutation-does-not-fit': {
    text: {
      en: 'The axes {permutation} are not an order of the axes of {shape}.',
      zh: '轴顺序 {permutation} 不是 {shape} 各轴的排列。',
    },
  },
  'paddings-do-not-fit': {
    text: {
      en: 'Paddings of {paddings} do not fit {shape}.',
      zh: '填充 {paddings} 与 {shape} 不匹配。',
    },
  },
};
