// Times one training epoch of tfjs-node's own `fit` on the bundled digits; prints one JSON line.
// Epoch 1 warms up, the others are timed; it prints their medians.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import util, { parseArgs } from 'node:util';
import { medians } from './median-epoch.mjs';

// tfjs-node 4.22 asks for a function that Node 23 removed.
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node');

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    batch: { type: 'string' },
    images: { type: 'string' },
    epochs: { type: 'string', default: '1' },
    data: { type: 'string' },
  },
});
const images = Number(values.images);
const data = String(values.data);

function readDigits() {
  const pixels = readFileSync(join(data, 'train-images-idx3-ubyte')).subarray(16, 16 + images * 784);
  const labels = readFileSync(join(data, 'train-labels-idx1-ubyte')).subarray(8, 8 + images);
  const x = tf.tensor4d(
    Float32Array.from(pixels, (pixel) => pixel / 255),
    [images, 28, 28, 1],
  );
  return { x, y: tf.tensor1d(Float32Array.from(labels)) };
}

function build() {
  const inputShape = [28, 28, 1];
  const dense = [
    tf.layers.dense({ units: 64, activation: 'relu' }),
    tf.layers.dense({ units: 10, activation: 'softmax' }),
  ];
  if (values.model === 'mlp') return tf.sequential({ layers: [tf.layers.flatten({ inputShape }), ...dense] });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape, filters: 32, kernelSize: 3, activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      ...dense,
    ],
  });
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const { x, y } = readDigits();
const model = build();
model.compile({ optimizer: tf.train.adam(0.001), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
/** @type {{ seconds: number, cpu: number }[]} */
const epochs = [];
let started = { wall: 0, cpu: 0 };
const history = await model.fit(x, y, {
  batchSize: Number(values.batch),
  epochs: 1 + Number(values.epochs),
  verbose: 0,
  callbacks: {
    onEpochBegin: () => {
      started = { wall: performance.now(), cpu: cpuSeconds() };
    },
    onEpochEnd: () => {
      epochs.push({ seconds: (performance.now() - started.wall) / 1000, cpu: cpuSeconds() - started.cpu });
    },
  },
});
process.stdout.write(`${JSON.stringify({ ...medians(epochs.slice(1)), loss: history.history.loss.at(-1) })}\n`);
