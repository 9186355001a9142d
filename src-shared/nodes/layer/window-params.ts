import { choice, int, pair } from '../../types/params';

/** Params with Keras' names that convolution and pooling share. */
export const paddingParam = choice({
  label: { en: 'Padding', zh: '填充' },
  help: {
    en: '"valid" keeps the window inside the image; "same" fills the border, so that stride 1 keeps the size.',
    zh: '"valid" 只在图像内部滑动窗口；"same" 填充边缘，步幅为 1 时尺寸不变。',
  },
  default: 'valid',
  options: [
    { value: 'valid', label: { en: 'valid', zh: 'valid' } },
    { value: 'same', label: { en: 'same', zh: 'same' } },
  ],
});

export const filtersParam = int({
  label: { en: 'Filters', zh: '滤波器数量' },
  help: { en: 'How many patterns: channels of the output.', zh: '模式的数量，即输出的通道数。' },
  default: 32,
  min: 1,
  max: 65_536,
});

export const kernelSizeParam = pair({
  label: { en: 'Kernel size', zh: '卷积核大小' },
  help: { en: 'Height and width of the window.', zh: '窗口的高和宽。' },
  default: [3, 3],
  min: 1,
  max: 1000,
});

export const stridesParam = pair({
  label: { en: 'Strides', zh: '步幅' },
  help: { en: 'How far the window moves, rows then columns.', zh: '窗口每次移动的距离，先行后列。' },
  default: [1, 1],
  min: 1,
  max: 1000,
});
