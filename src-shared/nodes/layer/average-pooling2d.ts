import { defineNode } from '../define-node';
import { pair } from '../params';
import { blame, imageOf } from './layer-input';
import { paddingParam } from './window-params';

export const averagePooling2d = defineNode({
  kind: 'layer.averagePooling2d',
  title: { en: 'AveragePooling2D', zh: '二维平均池化' },
  summary: {
    en: 'Shrinks an image: keeps the mean of each window',
    zh: '缩小图像：每个窗口只保留平均值',
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
    const pooled = blame('poolSize', () => b.value('avgPool2d', { x }, { poolSize, strides: steps, padding }));
    return { y: { value: pooled } };
  },
});
