// Times one training epoch of this app's own engine on the bundled digits; prints one JSON line.
// Epoch 1 warms up, the others are timed; it prints their medians. The loop, the compiler and the runner are those of the node `train.fit`.
import { parseArgs } from 'node:util';
import { chooseRunner } from '../../src-main/backends/choose-runner';
import { initialState } from '../../src-shared/compile/initializers';
import { trainNetwork } from '../../src-shared/fit/train-network';
import { medians } from './median-epoch.mjs';
import { readDigits, referenceProgram } from './reference-training';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'cnn' },
    batch: { type: 'string', default: '32' },
    images: { type: 'string', default: '12000' },
    epochs: { type: 'string', default: '1' },
    data: { type: 'string', default: '' },
  },
});
const images = Number(values.images);
const batchSize = Number(values.batch);

const { runner } = await chooseRunner();
const { threads } = runner.runner;
const program = referenceProgram(values.model, threads === undefined ? undefined : { threads, batchSize });
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
let started = 0;
const timed: { seconds: number; cpu: number }[] = [];
let loss: number | undefined;
await trainNetwork(
  {
    program,
    initial: initialState(program, 1),
    columns: readDigits(values.data, images),
    trainRows: Int32Array.from({ length: images }, (_, row) => row),
    validationRows: new Int32Array(0),
    epochs: 1 + Number(values.epochs),
    batchSize,
    learningRate: () => 0.001,
    seed: 1,
  },
  {
    signal: new AbortController().signal,
    clock: () => performance.now() / 1000,
    onProgress: () => {},
    onEpoch: ({ seconds, metrics }) => {
      timed.push({ seconds, cpu: cpuSeconds() - started });
      loss = metrics.loss;
      started = cpuSeconds();
    },
  },
  runner,
);
process.stdout.write(`${JSON.stringify({ ...medians(timed.slice(1)), loss })}\n`);
