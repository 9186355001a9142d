import { formatShape } from '../../ops/dims';
import { isFloat } from '../../ops/tensor';
import { fail } from '../../problem';
import { defineNode } from '../define-node';

export const concatenate = defineNode({
  kind: 'layer.concatenate',
  title: { en: 'Concatenate', zh: '拼接' },
  summary: {
    en: 'Puts tensors side by side along their last axis, such as the branches of a model with several inputs',
    zh: '沿最后一个轴把张量并排拼接，例如多输入模型的各个分支',
  },
  version: 1,
  inputs: { x: { type: 'tensor', many: true } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {},
  layer: ({ x = [] }, _params, { b }) => {
    const given = 'value' in x ? [x] : x;
    const [first] = given;
    if (!first) return fail('layer-without-input', {}, { port: 'x' });
    for (const { value } of given) {
      if (!isFloat(value.type.dtype)) return fail('layer-needs-float', { dtype: value.type.dtype }, { port: 'x' });
      if (value.type.shape.length !== first.value.type.shape.length) {
        const shapes = given.map((one) => formatShape(one.value.type.shape)).join(', ');
        return fail('axes-differ', { shapes }, { port: 'x' });
      }
    }
    if (given.length === 1) return { y: first };
    const axis = first.value.type.shape.length - 1;
    return { y: { ...first, value: b.value('concat', { xs: given.map(({ value }) => value) }, { axis }) } };
  },
});
