import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { evaluate } from '../../../src-main/backends/evaluate-steps';
import { startBackends } from '../../../src-main/backends/tfjs/backends';
import { toTensor } from '../../../src-main/backends/tfjs/tensors';
import { lookupOp } from '../../ops/catalog';
import { ProgramBuilder } from '../../ops/program-builder';
import { fillTensor } from '../../ops/samples/sample-program';
import { tensorType } from '../../ops/tensor';
import { writeGraphModel } from './write-graph-model';

const weights = {
  'conv/kernel': fillTensor({ shape: [2, 1, 2, 3] }, ['conv']),
  'depthwise/kernel': fillTensor({ shape: [1, 3, 2, 1] }, ['depthwise']),
};

/** Windows with `same` padding that are smaller than their stride. */
function program() {
  const b = new ProgramBuilder(lookupOp);
  const x = b.input('x', tensorType('float32', ['batch', 9, 6, 2]));
  const kernel = (id: keyof typeof weights) =>
    b.declare({ id, type: tensorType('float32', weights[id].shape), init: { type: 'zeros' } });
  const attrs = { strides: [3, 3], padding: 'same', dilations: [1, 1] };
  const conv = b.value('conv2d', { x, kernel: kernel('conv/kernel') }, attrs);
  const depthwise = b.value(
    'depthwiseConv2d',
    { x, kernel: kernel('depthwise/kernel') },
    { strides: [2, 2], padding: 'same' },
  );
  return b.build({ conv, depthwise });
}

test("a graph model puts windows smaller than their stride where they belong, on tfjs' first backend too", async () => {
  const files = writeGraphModel(program(), { weights, lookup: lookupOp });
  const { modelTopology, format, signature, weightsManifest } = JSON.parse(
    new TextDecoder().decode(files['model.json']),
  );
  const [backend = 'cpu'] = await startBackends();
  await tf.setBackend(backend);
  const [{ weights: weightSpecs }] = weightsManifest;
  const weightData = files['weights.bin'].slice().buffer;
  const model = await loadGraphModel(tf.io.fromMemory({ modelTopology, format, signature, weightSpecs, weightData }));
  const x = fillTensor({ shape: [2, 9, 6, 2] }, ['x']);
  const expected = await evaluate(program(), { x }, { weights, runner: 'tfjs' });
  await tf.setBackend(backend);
  for (const name of ['conv', 'depthwise']) {
    const output = model.execute({ x: toTensor(x) }, name);
    // One output by name is one tensor.
    const found = await (output as tf.Tensor).data();
    const wanted = Array.from(expected[name]?.data ?? [], Number);
    expect(found.length).toBe(wanted.length);
    for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, 5);
  }
});
