// Times one training epoch of a recurrent network on sequences of noise; prints one JSON line.
// Epoch 1 warms up, epoch 2 is timed. The loop, the compiler and the runner are those of the node `train.fit`.
import { parseArgs } from 'node:util';
import { chooseRunner } from '../../src-main/backends/choose-runner';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { initialState } from '../../src-shared/compile/initializers';
import { buildRegion, type RegionLayer } from '../../src-shared/compile/region';
import type { FeedColumn } from '../../src-shared/fit/feed-columns';
import { trainNetwork } from '../../src-shared/fit/train-network';
import { lookupNode } from '../../src-shared/nodes/catalog';
import { createRandom } from '../../src-shared/random';
import { defaultParams } from '../../src-shared/types/params';
import { EpochClock } from './epoch-clock';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'lstm' },
    batch: { type: 'string', default: '32' },
    rows: { type: 'string', default: '2048' },
    time: { type: 'string', default: '100' },
    size: { type: 'string', default: '32' },
    units: { type: 'string', default: '64' },
    words: { type: 'string', default: '10000' },
  },
});
const [batchSize, rows, time, size, units, words] = [
  values.batch,
  values.rows,
  values.time,
  values.size,
  values.units,
  values.words,
].map(Number) as [number, number, number, number, number, number];
const isText = values.model === 'embedding-lstm';

const recurrent = [values.model === 'gru' ? 'layer.gru' : 'layer.lstm', { units }] as const;
const network = isText
  ? ([
      ['layer.input', { shape: `${time}` }],
      ['layer.embedding', { inputDim: words, outputDim: size }],
      recurrent,
    ] as const)
  : ([['layer.input', { shape: `${time},${size}` }], recurrent] as const);

function build() {
  const all = [...network, ['layer.dense', { units: 10, activation: 'softmax' }] as const];
  const layers = all.map(([kind, params], i): RegionLayer => {
    const definition = lookupNode(kind);
    if (!definition) throw new Error(`There is no ${kind}.`);
    const inputs = i === 0 ? {} : { x: [{ id: `n${i - 1}`, port: 'y' }] };
    const settings = { ...defaultParams(definition.params), ...params } as RegionLayer['params'];
    return { id: `n${i}`, name: i === 0 ? 'x' : `layer_${i}`, definition, params: settings, inputs, types: {} };
  });
  return buildRegion(layers, { y: { id: `n${layers.length - 1}`, port: 'y' } });
}

function sequences(): FeedColumn[] {
  const random = createRandom(1);
  const count = rows * time * (isText ? 1 : size);
  const draw = isText ? () => Math.floor(random.uniform() * words) : () => random.normal();
  const labels = Int32Array.from({ length: rows }, () => Math.floor(random.uniform() * 10));
  const rowShape = isText ? [time] : [time, size];
  return [
    { name: 'x', dtype: 'float32', rowShape, values: Float32Array.from({ length: count }, draw) },
    { name: 'target/y', dtype: 'int32', rowShape: [], values: labels },
  ];
}

const optimizer = { type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const { runner } = await chooseRunner();
const { threads } = runner.runner;
const program = compileTraining({
  program: build(),
  objectives: [{ output: 'y', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] }],
  optimizer,
  ...(threads === undefined ? {} : { workload: { threads, batchSize } }),
});
const clock = new EpochClock();
await trainNetwork(
  {
    program,
    initial: initialState(program, 1),
    columns: sequences(),
    trainRows: Int32Array.from({ length: rows }, (_, row) => row),
    validationRows: new Int32Array(0),
    epochs: 2,
    batchSize,
    learningRate: () => 0.001,
    seed: 1,
  },
  clock.watcher,
  runner,
);
process.stdout.write(`${JSON.stringify(clock.result())}\n`);
