import { isFloat } from '../../ops/tensor';
import { fail } from '../../problem';
import { defineNode } from '../define-node';

export const add = defineNode({
  kind: 'layer.add',
  title: { en: 'Add', zh: '相加' },
  summary: {
    en: 'Adds tensors of one shape number by number, such as a layer and what it was given',
    zh: '将相同形状的张量逐元素相加，例如某一层的输出与其输入',
  },
  version: 1,
  inputs: { x: { type: 'tensor', many: true } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {},
  layer: ({ x = [] }, _params, { b }) => {
    const [first, ...rest] = 'value' in x ? [x] : x;
    if (!first) return fail('layer-without-input', {}, { port: 'x' });
    for (const { value } of [first, ...rest]) {
      if (!isFloat(value.type.dtype)) return fail('layer-needs-float', { dtype: value.type.dtype }, { port: 'x' });
    }
    const value = rest.reduce((sum, next) => b.add(sum, next.value), first.value);
    return { y: { ...first, value } };
  },
});
