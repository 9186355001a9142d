import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build } from '../build.mjs';
import { root } from '../project.mjs';
import { say } from '../say.mjs';
import { imageBytes, writeImages, writePipeline } from './image-pipeline.mjs';

/** Decoded bytes of a folder that is held in memory while it trains. */
const heldBytes = 400 * 2 ** 20;

/**
 * A folder of images that is larger than memory: how fast it is decoded, how fast it trains beside the same network on
 * images that are held, and what the engine's process takes at most. Linux alone, which tells the latter in `/proc`.
 * @param {readonly string[]} args
 */
export async function bench(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      gigabytes: { type: 'string', default: '5' },
      memory: { type: 'string', default: '1024' },
      epochs: { type: 'string', default: '2' },
    },
  });
  await build(['out/cli.mjs', 'out/engine.mjs', 'out/parity.mjs', 'out/server.mjs']);
  const folder = mkdtempSync(join(tmpdir(), 'images-'));
  try {
    const large = Math.round((Number(values.gigabytes) * 1e9) / imageBytes);
    const epochs = Number(values.epochs);
    const held = await measure(join(folder, 'held'), { count: Math.floor(heldBytes / imageBytes), epochs });
    const onDisk = await measure(join(folder, 'disk'), { count: large, epochs });
    tell('held', held);
    tell('on disk', onDisk);
    return onDisk.peak <= Number(values.memory) * 2 ** 20 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @typedef {{ count: number, decoded: number, epochs: readonly number[], accuracy: number, peak: number }} Measured
 * @param {string} name @param {Measured} measured
 */
function tell(name, { count, decoded, epochs, accuracy, peak }) {
  const rates = epochs.map((seconds) => `${Math.round((0.9 * count) / seconds)} images/s`).join(', ');
  const bytes = Math.round((count * imageBytes) / 1e6);
  process.stdout.write(
    `${name}: ${count} images (${bytes} MB), decoded ${Math.round(count / decoded)}/s; epochs ${rates}; ` +
      `accuracy ${accuracy.toFixed(3)}; engine's peak ${Math.round(peak / 2 ** 20)} MiB\n`,
  );
}

/**
 * @param {string} folder @param {{ count: number, epochs: number }} options
 * @returns {Promise<Measured>}
 */
async function measure(folder, { count, epochs }) {
  say(`Writing ${count} images …`);
  await writeImages(join(folder, 'images'), count);
  const document = join(folder, 'images.yard');
  writePipeline(document, { images: 'images', epochs });
  say('Training …');
  const args = [join(root, 'out/cli.mjs'), 'run', document, '--json', '--store', join(folder, 'store')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const peak = watchMemory(child.pid ?? 0);
  const measured = { count, decoded: Number.NaN, accuracy: Number.NaN, peak: 0 };
  /** @type {number[]} */
  const seconds = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    if (event.type === 'problem') say(line);
    if (event.type === 'epoch-finished') seconds.push(event.seconds);
    if (event.type === 'report') measured.accuracy = event.report.accuracy;
    if (event.type === 'step-finished' && event.node === 'images') measured.decoded = event.seconds;
  }
  return { ...measured, epochs: seconds, peak: peak.stop() };
}

/** The most that any process below this one took. @param {number} pid */
function watchMemory(pid) {
  let most = 0;
  const look = () => {
    for (const child of below(pid)) most = Math.max(most, peakOf(child));
  };
  const timer = setInterval(look, 100);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

/** @param {number} pid @returns {number[]} */
function below(pid) {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return [];
  const children = readdirSync(tasks).flatMap((task) => numbersIn(`${tasks}/${task}/children`));
  return [...children, ...children.flatMap(below)];
}

/** @param {string} file */
function numbersIn(file) {
  try {
    return readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Bytes. @param {number} pid */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
