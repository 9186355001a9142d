import { formatShape, sameShape } from '../../ops/dims';
import type { Value } from '../../ops/program';
import type { ProgramBuilder } from '../../ops/program-builder';
import { fail } from '../../problem';
import { bool } from '../../types/params';
import { defineNode } from '../define-node';
import { inputOf } from './layer-input';

/** Keras' epsilon under the root of a length, so that a vector of zeros has no direction instead of NaN. */
const smallest = 1e-12;

export const dot = defineNode({
  kind: 'layer.dot',
  title: { en: 'Dot product', zh: '点积' },
  summary: {
    en: 'How well two vectors agree: the sum of their products, such as of a user and an item',
    zh: '两个向量的吻合程度：各分量乘积之和，例如用户与商品',
  },
  version: 1,
  inputs: { a: { type: 'tensor' }, b: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    normalize: bool({
      label: { en: 'Normalize', zh: '归一化' },
      help: {
        en: 'Divide both by their length: the cosine of the angle between them, from −1 to 1.',
        zh: '两者都除以各自的长度：即它们夹角的余弦，范围为 −1 到 1。',
      },
      default: false,
    }),
  },
  layer: (inputs, { normalize }, { b }) => {
    const [first, second] = [inputOf(inputs, 'a'), inputOf(inputs, 'b')];
    const { shape } = first.type;
    if (shape.length !== 2 || !sameShape(shape, second.type.shape)) {
      const values = { a: formatShape(shape), b: formatShape(second.type.shape) };
      return fail('dot-needs-equal-vectors', values, { port: 'b' });
    }
    const [x, y] = normalize ? [direction(b, first), direction(b, second)] : [first, second];
    return { y: { value: b.reshape(b.sum(b.multiply(x, y), [1]), ['batch', 1]) } };
  },
});

function direction(b: ProgramBuilder, x: Value): Value {
  const squares = b.maximum(b.sum(b.unary('square', x), [1], true), b.constant(smallest, x.type.dtype));
  return b.divide(x, b.unary('sqrt', squares));
}
