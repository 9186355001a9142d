import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { encodeModel } from './encode-model';
import { OnnxGraphBuilder } from './graph-builder';

test('a dense layer built by hand runs in ONNX Runtime with a batch of any size', async () => {
  const b = new OnnxGraphBuilder({
    weights: { 'dense/kernel': { dtype: 'float32', shape: [2, 3], data: new Float32Array([1, 2, 3, 4, 5, 6]) } },
    reserved: ['x', 'y'],
  });
  const x = b.feed('x', { dtype: 'float32', shape: ['batch', 2] });
  const product = b.node('MatMul', [x, b.read('dense/kernel')]);
  const sum = b.node('Add', [product, b.constant([10, 20, 30], 'float32', [3])]);
  const graph = b.graph({ y: { tensor: sum, type: { dtype: 'float32', shape: ['batch', 3] } } });
  const session = await InferenceSession.create(encodeModel(graph, { metadata: { made: 'by hand' } }));
  const { y } = await session.run({ x: new Tensor('float32', [1, 1, 0, 2], [2, 2]) });
  expect([...((y?.data ?? []) as Iterable<unknown>)]).toEqual([15, 27, 39, 18, 30, 42]);
});

test('strings become codes through LabelEncoder', async () => {
  const b = new OnnxGraphBuilder();
  const word = b.feed('word', { dtype: 'string', shape: ['batch'] });
  const code = b.node('LabelEncoder', [word], {
    domain: 'ai.onnx.ml',
    dtype: 'int64',
    attrs: { keys_strings: { strings: ['猫', 'dog'] }, values_int64s: { ints: [0, 1] }, default_int64: { i: 2 } },
  });
  const graph = b.graph({ y: { tensor: code, type: { dtype: 'int64', shape: ['batch'] } } });
  const session = await InferenceSession.create(encodeModel(graph));
  const { y } = await session.run({ word: new Tensor('string', ['dog', '猫', 'bird'], [3]) });
  expect([...((y?.data ?? []) as Iterable<unknown>)]).toEqual([1n, 0n, 2n]);
});

test('an equal constant is kept once, and outputs beyond the first need to be declared', () => {
  const b = new OnnxGraphBuilder();
  expect(b.constant([1, 2], 'int64', [2])).toBe(b.constant([1, 2], 'int64', [2]));
  expect(b.constant([1, 2], 'int64', [2])).not.toBe(b.constant([1, 2], 'int64', [2, 1]));
  const x = b.feed('x', { dtype: 'float32', shape: [4] });
  const halves = b.node('Split', [x, null], { outputs: 2 });
  expect(b.output(halves, 1).name).not.toBe(halves.name);
  expect(() => b.output(halves, 2)).toThrow('no output 2');
});
