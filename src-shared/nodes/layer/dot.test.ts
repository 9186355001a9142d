import { expect, it } from 'vitest';
import { evaluate } from '../../../src-main/backends/evaluate-steps';
import { callLayer, createLayerContext } from '../../compile/region';
import { lookupOp } from '../../ops/catalog';
import { ProgramBuilder } from '../../ops/program-builder';
import { type TensorData, tensorType } from '../../ops/tensor';
import { concatenate } from './concatenate';
import { dot } from './dot';

const row = (...data: number[]): TensorData => ({
  dtype: 'float32',
  shape: [1, data.length],
  data: Float32Array.from(data),
});

function product(a: readonly number[], b: readonly number[], normalize = false) {
  const builder = new ProgramBuilder(lookupOp);
  const value = (name: string, size: number) => ({
    value: builder.input(name, tensorType('float32', ['batch', size])),
  });
  const inputs = { a: value('a', a.length), b: value('b', b.length) };
  const { y } = callLayer(dot, { inputs, params: { normalize } }, createLayerContext(builder, 'dot'));
  if (!y) throw new Error('The layer has no output.');
  return evaluate(builder.build({ y: y.value }), { a: row(...a), b: row(...b) }, { runner: 'tfjs' });
}

it('a dot product sums the products; normalized it is the cosine, and 0 where one has no direction', async () => {
  expect((await product([1, 2, 3], [4, 5, 6])).y).toMatchObject({ shape: [1, 1], data: Float32Array.of(32) });
  expect((await product([3, 0], [4, 4], true)).y?.data[0]).toBeCloseTo(Math.SQRT1_2, 6);
  expect((await product([0, 0], [4, 4], true)).y?.data[0]).toBe(0);
});

it('a dot product refuses vectors of other lengths', () => {
  expect(() => product([1, 2], [1, 2, 3])).toThrow('dot-needs-equal-vectors');
});

it('concatenation puts rows side by side in the order of the wires, and refuses other ranks', async () => {
  const joined = (shapes: readonly (readonly number[])[]) => {
    const b = new ProgramBuilder(lookupOp);
    const x = shapes.map((shape, i) => ({ value: b.input(`x${i}`, tensorType('float32', ['batch', ...shape])) }));
    const { y } = callLayer(concatenate, { inputs: { x }, params: {} }, createLayerContext(b, 'join'));
    if (!y) throw new Error('The layer has no output.');
    return b.build({ y: y.value });
  };
  const { y } = await evaluate(joined([[2], [1]]), { x0: row(1, 2), x1: row(3) }, { runner: 'tfjs' });
  expect([...(y?.data ?? [])]).toEqual([1, 2, 3]);
  expect(() => joined([[2], [2, 2]])).toThrow('axes-differ');
});
