import { defineNode } from '../define-node';
import { pool, poolingParams } from './pooling';

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
  params: poolingParams,
  layer: (inputs, params, { b }) => ({ y: { value: pool('maxPool2d', inputs, { params, b }) } }),
});
