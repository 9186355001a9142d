import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src-main/backends/evaluate-steps';
import { expectClose } from '../../../src-main/backends/test-programs/compare';
import { evaluateByOnnx } from '../../../src-main/backends/test-programs/run-onnx';
import { tensorflowObstacle } from '../../../src-main/backends/test-programs/tensorflow-obstacle';
import { chain, type LayerSpec } from '../../compile/fixtures/networks';
import { initialState } from '../../compile/initializers';
import { lower } from '../../compile/passes/lower';
import { writeGraphModel } from '../../formats/tfjs/write-graph-model';
import { lookupOp } from '../../ops/catalog';
import type { TensorData } from '../../ops/tensor';

/** Words, some of them padding, read by an LSTM in both directions and then backwards by a GRU. */
const layers: readonly LayerSpec[] = [
  ['input', { shape: '5' }, 'x'],
  ['embedding', { inputDim: 7, outputDim: 3, maskZero: true }, 'words'],
  ['lstm', { units: 4, returnSequences: true, direction: 'bidirectional' }, 'both'],
  ['dropout', { rate: 0.5 }],
  ['gru', { units: 3, direction: 'reverse' }, 'back'],
];
const program = lower(chain(layers), { phase: 'infer' }, lookupOp);
const weights = initialState(program, 5);
const x: TensorData = {
  dtype: 'float32',
  shape: [3, 5],
  data: Float32Array.of(1, 2, 3, 4, 5, 6, 1, 0, 0, 0, 0, 2, 0, 3, 0),
};

describe.skipIf(tensorflowObstacle())('recurrent layers over padded sequences', () => {
  test('compute the same natively, portably and in ONNX', async () => {
    const { y: reference } = await evaluate(program, { x }, { weights, double: true });
    if (!reference) throw new Error('The chain has an output.');
    expectClose((await evaluate(program, { x }, { weights })).y, reference, 'native');
    expectClose((await evaluate(program, { x }, { weights, runner: 'tfjs' })).y, reference, 'tfjs');
    expectClose((await evaluateByOnnx(program, { x }, weights)).y, reference, 'ONNX');
  });

  test('compute the same as a graph model that the tfjs converter loads', async () => {
    await tf.setBackend('cpu');
    const { y: reference } = await evaluate(program, { x }, { weights, double: true });
    if (!reference) throw new Error('The chain has an output.');
    const files = writeGraphModel(program, { weights, lookup: lookupOp });
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
    // One input, one output.
    const y = model.predict({ x: tf.tensor(Array.from(x.data, Number), [3, 5]) }) as tf.Tensor;
    const data = Float32Array.from(await y.data());
    expectClose({ dtype: 'float32', shape: y.shape, data }, reference, 'graph model');
  });

  test('do not look at what stands in the padding', async () => {
    const forward: LayerSpec = ['lstm', { units: 2 }, 'read'];
    const model = lower(chain([...layers.slice(0, 2), forward]), { phase: 'infer' }, lookupOp);
    const state = initialState(model, 5);
    const row = (...words: number[]): TensorData => ({
      dtype: 'float32',
      shape: [1, 5],
      data: Float32Array.from(words),
    });
    const { y: padded } = await evaluate(model, { x: row(0, 6, 0, 1, 0) }, { weights: state });
    const { y: compact } = await evaluate(model, { x: row(6, 1, 0, 0, 0) }, { weights: state });
    expect(padded).toEqual(compact);
  });
});

test('an LSTM begins by remembering, unless told otherwise', () => {
  const bias = (params: Readonly<Record<string, unknown>>) => {
    const spec: LayerSpec = ['lstm', { units: 2, ...params }, 'read'];
    return initialState(chain([['input', { shape: '3,1' }, 'x'], spec]), 1)['read/bias']?.data;
  };
  expect(bias({})).toEqual(Float32Array.of(0, 0, 1, 1, 0, 0, 0, 0));
  expect(bias({ unitForgetBias: false })).toEqual(new Float32Array(8));
});

test('refuses what is no sequence, at the layer', () => {
  const image: LayerSpec = ['input', { shape: '4' }, 'x'];
  expect(() => chain([image, ['gru', {}, 'read']])).toThrow('not-a-sequence');
});
