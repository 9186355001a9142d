import { defineNode } from '../define-node';
import { pair } from '../params';
import { blame, imageOf } from './layer-input';
import { paddingParam } from './window-params';

export const maxPooling2d = defineNode({
  kind: 'layer.maxPooling2d',
  title: { en: 'MaxPooling2D', zh: '二维最大池化' },
  summary: {
    en: 'Shrinks an image: keeps the largest value of each window',
    zh: '缩小图像：每个窗口只保留最大值',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    poolSize: pair({
      label: { en: 'Pool size', zh: '池化大小' },
      help: { en: 'Height and width of the window.', zh: '窗口的高和宽。' },
      default: [2, 2],
      min: 1,
      max: 1000,
    }),
    strides: pair({
      label: { en: 'Strides', zh: '步幅' },
      help: { en: 'How far the window moves. 0: by its own size.', zh: '窗口每次移动的距离。0 表示与窗口大小相同。' },
      default: [0, 0],
      min: 0,
      max: 1000,
    }),
    padding: paddingParam,
  },
  layer: (inputs, { poolSize, strides, padding }, { b }) => {
    const { x } = imageOf(inputs);
    const steps = poolSize.map((size, i) => strides[i] || size);
    const pooled = blame('poolSize', () => b.value('maxPool2d', { x }, { poolSize, strides: steps, padding }));
    return { y: { value: pooled } };
  },
});
