import { defineNode } from '../define-node';
import { imageOf } from './layer-input';

export const globalAveragePooling2d = defineNode({
  kind: 'layer.globalAveragePooling2d',
  title: { en: 'GlobalAveragePooling2D', zh: '全局平均池化' },
  summary: {
    en: 'One number per channel: its mean over the whole image',
    zh: '每个通道变成一个数：整幅图像上的平均值',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {},
  layer: (inputs, _params, { b }) => ({ y: { value: b.mean(imageOf(inputs).x, [1, 2]) } }),
});
