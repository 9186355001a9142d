import { fail, problem } from '../problem';
import { defineOp } from './define-op';
import { type Dim, formatShape, type Shape, subtractDims } from './dims';
import { indexVectorOnnx } from './emit/onnx-node';
import { indexVector, runtimeShape } from './emit/tensorflow-node';
import { noFlops } from './shapes/elementwise';

type Attrs = {
  readonly begin: readonly number[];
  /** Per axis: how many elements; −1 takes the rest, as does the axis' own unknown size. */
  readonly size: readonly Dim[];
};

/** The end of an axis in ONNX' `Slice`, however long it is. */
const wholeAxis = 2 ** 31 - 1;

/** A block of x that starts at `begin`. */
export const slice = defineOp({
  name: 'slice',
  inputs: ['x'],
  outputs: ['y'],
  inferShape: ({ x }, { begin, size }: Attrs) => {
    const outside = problem('slice-out-of-range', { begin, size: [...size], shape: formatShape(x.shape) });
    if (begin.length !== x.shape.length || size.length !== x.shape.length) return outside;
    const shape = sizes(x.shape, { begin, size });
    const fits = shape.every((dim, axis) => isInside(dim, begin[axis] ?? 0, x.shape[axis] ?? 0));
    return fits ? { y: { dtype: x.dtype, shape } } : outside;
  },
  gradient: (g, { x }, { attrs, dOutputs: { y: dy } }) => {
    if (!dy) return {};
    const paddings = sizes(x.type.shape, attrs).map((dim, axis) => {
      const before = attrs.begin[axis] ?? 0;
      const after = subtractDims(subtractDims(x.type.shape[axis] ?? 0, before), dim);
      return typeof after === 'number' ? [before, after] : fail('no-gradient', { op: 'slice' });
    });
    return { x: g.value('pad', { x: dy }, { paddings }) };
  },
  eachRow: true,
  cost: noFlops,
  tensorflow: (b, { x }, { attrs: { begin, size } }) => {
    const options = { attrs: { T: { type: x.dtype }, Index: { type: 'int32' } } } as const;
    return { y: b.node('Slice', [x, indexVector(b, begin), indexVector(b, runtimeShape(size))], options) };
  },
  onnx: (b, { x }, { attrs: { begin, size } }) => {
    const ends = runtimeShape(size).map((n, axis) => (n === -1 ? wholeAxis : n + (begin[axis] ?? 0)));
    const axes = begin.map((_, axis) => axis);
    return { y: b.node('Slice', [x, ...[begin, ends, axes].map((list) => indexVectorOnnx(b, list))]) };
  },
  tfjs: (tf, { x }, { attrs: { begin, size } }) => ({ y: tf.slice(x, [...begin], runtimeShape(size)) }),
  samples: [
    {
      inputs: { x: { shape: [3, 5], declared: ['batch', 5] } },
      attrs: { begin: [0, 1], size: ['batch', 3] },
    },
    { inputs: { x: { shape: [3, 5], declared: ['batch', 5] } }, attrs: { begin: [1, 2], size: [-1, -1] } },
    { inputs: { x: { shape: [4, 3] } }, attrs: { begin: [1, 0], size: [2, 3] } },
  ],
});

function sizes(shape: Shape, { begin, size }: Attrs): Dim[] {
  return shape.map((dim, axis) => (size[axis] === -1 ? subtractDims(dim, begin[axis] ?? 0) : (size[axis] ?? 0)));
}

function isInside(size: Dim, begin: number, axis: Dim): boolean {
  const rest = subtractDims(axis, begin);
  if (!Number.isInteger(begin) || begin < 0) return false;
  if (typeof size === 'string') return size === rest;
  return Number.isInteger(size) && size >= 0 && (typeof rest === 'string' || size <= rest);
}
