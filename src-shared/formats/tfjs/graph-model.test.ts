import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { expect, test } from 'vitest';
import { lookupOp } from '../../ops/catalog';
import { ProgramBuilder } from '../../ops/program-builder';
import type { TensorData } from '../../ops/tensor';
import { writeGraphModel } from './write-graph-model';

function ramp(shape: readonly number[]): TensorData {
  const count = shape.reduce((product, size) => product * size, 1);
  return { dtype: 'float32', shape, data: Float32Array.from({ length: count }, (_unused, i) => Math.sin(i + 1)) };
}

const weights = { 'conv/kernel': ramp([3, 3, 1, 2]), 'conv/bias': ramp([2]), 'dense/kernel': ramp([8, 3]) };

/** Convolution, bias, ReLU, pooling, dense, softmax. */
function convNet() {
  const b = new ProgramBuilder(lookupOp);
  const weight = (id: keyof typeof weights) =>
    b.declare({ id, type: { dtype: 'float32', shape: weights[id].shape }, init: { type: 'zeros' } });
  const x = b.input('image', { dtype: 'float32', shape: ['batch', 4, 4, 1] });
  const attrs = { strides: [1, 1], padding: 'same', dilations: [1, 1] };
  const conv = b.value('conv2d', { x, kernel: weight('conv/kernel') }, attrs);
  const relu = b.unary('relu', b.value('biasAdd', { x: conv, bias: weight('conv/bias') }));
  const pooled = b.value('maxPool2d', { x: relu }, { poolSize: [2, 2], strides: [2, 2], padding: 'valid' });
  const flat = b.reshape(pooled, ['batch', 8]);
  return b.build({ probabilities: b.unary('softmax', b.matMul(flat, weight('dense/kernel'))) });
}

test('a conv net is loaded by the tfjs converter and gives what the ops give', async () => {
  await tf.setBackend('cpu');
  const files = writeGraphModel(convNet(), { weights, lookup: lookupOp });
  const parsed = JSON.parse(new TextDecoder().decode(files['model.json']));
  const model = await loadGraphModel(
    tf.io.fromMemory({
      modelTopology: parsed.modelTopology,
      format: parsed.format,
      signature: parsed.signature,
      weightSpecs: parsed.weightsManifest[0].weights,
      weightData: files['weights.bin'].slice().buffer,
    }),
  );
  const image = tf.tensor(ramp([2, 4, 4, 1]).data as Float32Array, [2, 4, 4, 1]);
  const output = model.predict({ image }) as tf.Tensor;
  const direct = tf.tidy(() => {
    const kernel = tf.tensor4d(weights['conv/kernel'].data as Float32Array, [3, 3, 1, 2]);
    const bias = tf.tensor1d(weights['conv/bias'].data as Float32Array);
    const conv = tf.add(tf.conv2d(image as tf.Tensor4D, kernel, 1, 'same'), bias);

    const flat = tf.reshape(tf.maxPool(tf.relu(conv) as tf.Tensor4D, 2, 2, 'valid'), [2, 8]);
    return tf.softmax(tf.matMul(flat, tf.tensor2d(weights['dense/kernel'].data as Float32Array, [8, 3])));
  });
  expect(output.shape).toEqual([2, 3]);
  const [a, b] = [await output.data(), await direct.data()];
  b.forEach((value, i) => {
    expect(a[i]).toBeCloseTo(value, 6);
  });
  expect(model.inputs.map(({ name }) => name)).toEqual(['image']);
});

test('the same program gives the same bytes', () => {
  const [a, b] = [0, 1].map(() => writeGraphModel(convNet(), { weights, lookup: lookupOp }));
  expect(a).toEqual(b);
});
