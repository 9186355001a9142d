import { expect, it } from 'vitest';
import { evaluate } from '../../../src-main/backends/evaluate-steps';
import { callLayer, createLayerContext } from '../../compile/region';
import { lookupOp } from '../../ops/catalog';
import { ProgramBuilder } from '../../ops/program-builder';
import { type TensorData, tensorType } from '../../ops/tensor';
import { add } from './add';

function sumOf(shapes: readonly (readonly number[])[]) {
  const b = new ProgramBuilder(lookupOp);
  const x = shapes.map((shape, i) => ({ value: b.input(`x${i}`, tensorType('float32', ['batch', ...shape])) }));
  const { y } = callLayer(add, { inputs: { x }, params: {} }, createLayerContext(b, 'add'));
  if (!y) throw new Error('The layer has no output.');
  return b.build({ y: y.value });
}

it('adds all that is connected', async () => {
  const row = (...data: number[]): TensorData => ({ dtype: 'float32', shape: [1, 2], data: Float32Array.from(data) });
  const inputs = { x0: row(1, 2), x1: row(10, 20), x2: row(100, 200) };
  const { y } = await evaluate(sumOf([[2], [2], [2]]), inputs, { runner: 'tfjs' });
  expect([...(y?.data ?? [])]).toEqual([111, 222]);
});

it('refuses shapes that do not fit, and nothing at all', () => {
  expect(() => sumOf([[2], [3]])).toThrow('shapes-do-not-broadcast');
  expect(() => sumOf([])).toThrow('layer-without-input');
});
