// Times one training epoch of this app's own engine on the bundled digits; prints one JSON line.
// Epoch 1 warms up, epoch 2 is timed. The loop, the compiler and the runner are those of the node `train.fit`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chooseRunner } from '../../src-main/backends/choose-runner';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { initialState } from '../../src-shared/compile/initializers';
import { buildRegion, type RegionLayer } from '../../src-shared/compile/region';
import type { FeedColumn } from '../../src-shared/fit/feed-columns';
import { composePredictor } from '../../src-shared/fit/predictor-program';
import { trainNetwork } from '../../src-shared/fit/train-network';
import { lookupNode } from '../../src-shared/nodes/catalog';
import { defaultParams } from '../../src-shared/nodes/params';
import type { Column } from '../../src-shared/nodes/ports';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'cnn' },
    batch: { type: 'string', default: '32' },
    images: { type: 'string', default: '12000' },
    data: { type: 'string', default: '' },
  },
});
const images = Number(values.images);
const batchSize = Number(values.batch);

const conv = (filters: number) => ['layer.conv2d', { filters, kernelSize: [3, 3], activation: 'relu' }] as const;
const pool = ['layer.maxPooling2d', { poolSize: [2, 2] }] as const;
const head = [
  ['layer.flatten', {}],
  ['layer.dense', { units: 64, activation: 'relu' }],
  ['layer.dense', { units: 10, activation: 'softmax' }],
] as const;
const networks = { cnn: [conv(32), pool, conv(64), pool, ...head], mlp: head };

function build() {
  const network = networks[values.model === 'mlp' ? 'mlp' : 'cnn'];
  const layers = [['layer.input', { shape: '28,28,1' }] as const, ...network].map(([kind, params], i): RegionLayer => {
    const definition = lookupNode(kind);
    if (!definition) throw new Error(`There is no ${kind}.`);
    const inputs = i === 0 ? {} : { x: [{ id: `n${i - 1}`, port: 'y' }] };
    const all = { ...defaultParams(definition.params), ...params } as RegionLayer['params'];
    return { id: `n${i}`, name: `layer_${i}`, definition, params: all, inputs, types: {} };
  });
  return buildRegion(layers, { id: `n${layers.length - 1}`, port: 'y' });
}

function readColumns(): FeedColumn[] {
  const read = (name: string, header: number, size: number) =>
    Uint8Array.from(readFileSync(join(values.data, name)).subarray(header, header + images * size));
  const pixels = read('train-images-idx3-ubyte', 16, 784);
  const labels = Int32Array.from(read('train-labels-idx1-ubyte', 8, 1));
  return [
    { name: 'image', dtype: 'uint8', rowShape: [28, 28, 1], values: pixels },
    { name: 'target', dtype: 'int32', rowShape: [], values: labels },
  ];
}

const image: Column = { name: 'image', role: 'feature', type: { kind: 'tensor', shape: [28, 28, 1], dtype: 'uint8' } };
const scaleStep = {
  step: 'constantScale',
  node: 'normalize',
  params: { divideBy: 255, subtract: 0, columns: [] },
  fitted: {},
};
const { trained } = composePredictor(
  build(),
  { columns: [image], steps: [scaleStep] },
  { task: 'classification', target: 'label' },
);
const optimizer = { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const program = compileTraining({
  program: trained,
  loss: 'sparseCategoricalCrossentropy',
  optimizer,
  metrics: ['accuracy'],
});

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
let started = 0;
const timed = { seconds: 0, cpu: 0, loss: 0 };
const { runner } = await chooseRunner();
await trainNetwork(
  {
    program,
    initial: initialState(program, 1),
    columns: readColumns(),
    trainRows: Int32Array.from({ length: images }, (_, row) => row),
    validationRows: new Int32Array(0),
    epochs: 2,
    batchSize,
    learningRate: () => 0.001,
    seed: 1,
  },
  {
    signal: new AbortController().signal,
    clock: () => performance.now() / 1000,
    onProgress: () => {},
    onEpoch: ({ seconds, metrics }) => {
      Object.assign(timed, { seconds, cpu: cpuSeconds() - started, loss: metrics.loss });
      started = cpuSeconds();
    },
  },
  runner,
);
process.stdout.write(`${JSON.stringify(timed)}\n`);
