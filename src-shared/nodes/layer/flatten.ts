import { formatShape, isStatic, sizeOf } from '../../ops/dims';
import { fail } from '../../problem';
import { defineNode } from '../define-node';
import { inputOf } from './layer-input';

export const flatten = defineNode({
  kind: 'layer.flatten',
  title: { en: 'Flatten', zh: '展平' },
  summary: { en: 'Lays all numbers of an example out in one row', zh: '把每个样本的所有数排成一行' },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {},
  layer: (inputs, _params, { b }) => {
    const x = inputOf(inputs);
    const [batch = 1, ...rest] = x.type.shape;
    if (!isStatic(rest)) return fail('flatten-unknown-size', { shape: formatShape(x.type.shape) }, { port: 'x' });
    return { y: { value: b.reshape(x, [batch, sizeOf(rest)]) } };
  },
});
