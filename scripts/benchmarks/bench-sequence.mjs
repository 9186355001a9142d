import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../cache-folder.mjs';
import { root } from '../project.mjs';
import { bundleBenchmark, ourContender } from './bundle-benchmark.mjs';
import { compare, formatTable, measure } from './compare.mjs';

/**
 * Training speed of recurrent networks against Keras 3 `fit` with its defaults, on the same libtensorflow: LSTM, GRU,
 * and an embedding with an LSTM. Every contender is a process of its own; in each round they run forwards and then
 * backwards (A B … B A), so drift hits all alike.
 * @param {readonly string[]} args
 */
export async function bench(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      models: { type: 'string', default: 'lstm,gru,embedding-lstm' },
      batches: { type: 'string', default: '32,128' },
      rows: { type: 'string', default: '2048' },
      time: { type: 'string', default: '100' },
      size: { type: 'string', default: '32' },
      units: { type: 'string', default: '64' },
      words: { type: 'string', default: '10000' },
    },
  });
  const python = join(cacheFolder(), 'oracles/bin/python');
  const ours = await bundleBenchmark('sequence-modelyard');
  const keras = join(root, 'scripts/benchmarks/sequence_keras.py');
  const { rounds, models, batches, ...sizes } = values;
  const common = Object.entries(sizes).flatMap(([name, value]) => [`--${name}`, value]);
  if (!existsSync(python)) process.stdout.write('keras is left out: Python with Keras is not installed.\n');
  let isValid = true;
  for (const model of models.split(',')) {
    for (const batch of batches.split(',')) {
      const options = ['--model', model, '--batch', batch, ...common];
      const contenders = [
        ourContender(ours, options),
        ...(existsSync(python) ? [{ name: 'keras', command: python, args: [keras, ...options] }] : []),
      ];
      const result = await compare(contenders, Number(rounds), measure);
      const what = `${model}, batch ${batch}, ${sizes.rows} sequences of ${sizes.time} steps, ${sizes.units} units`;
      process.stdout.write(`\n${what}, ${rounds} rounds\n${formatTable(result)}\n`);
      isValid &&= result.isValid;
    }
  }
  return isValid ? 0 : 1;
}
