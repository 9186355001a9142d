import { defineNode } from '../define-node';
import { pool, poolingParams } from './pooling';

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
  params: poolingParams,
  layer: (inputs, params, { b }) => ({ y: { value: pool('avgPool2d', inputs, { params, b }) } }),
});
