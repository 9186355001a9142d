import { formatShape, isStatic, sizeOf } from '../../ops/dims';
import { fail } from '../../problem';
import { text } from '../../types/params';
import { defineNode } from '../define-node';
import { inputOf } from './layer-input';

export const reshape = defineNode({
  kind: 'layer.reshape',
  title: { en: 'Reshape', zh: '变形' },
  summary: {
    en: 'Gives the numbers of an example another shape, in the same order',
    zh: '将每个样本的数按原顺序排成另一种形状',
  },
  docs: {
    en: 'An image of [28, 28, 1] becomes a sequence of 28 rows with 28,28, and a row of numbers an image with 28,28,1.',
    zh: '例如用 28,28 将 [28, 28, 1] 的图像变成 28 行的序列，或用 28,28,1 将一行数变成图像。',
  },
  version: 1,
  inputs: { x: { type: 'tensor' } },
  outputs: { y: { type: 'tensor', traced: true } },
  params: {
    targetShape: text({
      label: { en: 'Shape', zh: '形状' },
      help: {
        en: 'Sizes without the batch, such as 28,28. One may be -1: what is left.',
        zh: '不含批次的大小，例如 28,28。其中一个可为 -1，表示其余部分。',
      },
      default: '-1',
      pattern: '^\\s*(-1|[1-9]\\d*)(\\s*,\\s*(-1|[1-9]\\d*))*\\s*$',
      maxLength: 100,
    }),
  },
  layer: (inputs, { targetShape }, { b }) => {
    const x = inputOf(inputs);
    const [batch = 1, ...sizes] = x.type.shape;
    const wanted = targetShape.split(',').map(Number);
    const given = isStatic(sizes) ? Number(sizeOf(sizes)) : Number.NaN;
    const known = wanted.reduce((product, size) => (size > 0 ? product * size : product), 1);
    const shape = wanted.map((size) => (size > 0 ? size : given / known));
    const isOneLeft = wanted.filter((size) => size < 0).length <= 1;
    if (!isOneLeft || !shape.every(Number.isInteger) || Number(sizeOf(shape)) !== given) {
      const values = { from: formatShape(x.type.shape), to: formatShape([batch, ...wanted]) };
      return fail('reshape-size-differs', values, { param: 'targetShape' });
    }
    return { y: { value: b.reshape(x, [batch, ...shape]) } };
  },
});
