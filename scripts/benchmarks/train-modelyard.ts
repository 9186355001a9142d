// Times one training epoch of this app's own engine on the bundled digits; prints one JSON line.
// Epoch 1 warms up, the others are timed; it prints their medians. The loop, the compiler and the runner are those of the node `train.fit`.
import { parseArgs } from 'node:util';
import { chooseRunner } from '../../src-main/backends/choose-runner';
import { initialState } from '../../src-shared/compile/initializers';
import { trainNetwork } from '../../src-shared/fit/train-network';
import { EpochClock } from './epoch-clock';
import { readDigits, referenceProgram } from './reference-training';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'cnn' },
    batch: { type: 'string', default: '32' },
    images: { type: 'string', default: '12000' },
    epochs: { type: 'string', default: '1' },
    data: { type: 'string', default: '' },
    precision: { type: 'string', default: 'float32' },
  },
});
const images = Number(values.images);
const batchSize = Number(values.batch);

const { runner } = await chooseRunner();
const { threads } = runner.runner;
const program = referenceProgram(values.model, threads === undefined ? undefined : { threads, batchSize });
const clock = new EpochClock();
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
    precision: values.precision === 'bfloat16' ? 'mixedBfloat16' : 'float32',
  },
  clock.watcher,
  runner,
);
process.stdout.write(`${JSON.stringify(clock.result())}\n`);
