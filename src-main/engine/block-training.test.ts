import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileTraining } from '../../src-shared/compile/compile-training';
import { initialState } from '../../src-shared/compile/initializers';
import { openOverTable } from '../../src-shared/fit/batch-source';
import { BlockBatches } from '../../src-shared/fit/block-batches';
import { epochOrder } from '../../src-shared/fit/epoch-order';
import { BatchReader, type FeedColumn, type HeldColumn } from '../../src-shared/fit/feed-columns';
import {
  evaluateRows,
  type TrainingCheckpoint,
  type TrainingPlan,
  type TrainingWatcher,
  trainNetwork,
} from '../../src-shared/fit/train-network';
import { lookupOp } from '../../src-shared/ops/catalog';
import { ProgramBuilder } from '../../src-shared/ops/program-builder';
import { createRandom } from '../../src-shared/random';
import { BlockWriter } from '../../src-shared/runs/write-block';
import { openTensorflowRunner } from '../backends/tensorflow/runner';
import { tensorflowObstacle } from '../backends/test-programs/tensorflow-obstacle';
import { realFs } from '../files/fs-port';
import { BlobFolder } from './store/blobs';
import { openBlock } from './tables/open-block';
import { PieceCache } from './tables/piece-cache';

const rows = 200;
const width = 4;
const partRows = 10;
const random = createRandom(4);
const held: readonly HeldColumn[] = [
  {
    name: 'x',
    dtype: 'float32',
    rowShape: [width],
    values: Float32Array.from({ length: rows * width }, () => random.normal()),
  },
  {
    name: 'target/y',
    dtype: 'float32',
    rowShape: [1],
    values: Float32Array.from({ length: rows }, () => random.normal()),
  },
];

let folder = '';
const reading: Promise<void>[] = [];

/** A store whose readings can be waited for. */
class WatchedBlobs extends BlobFolder {
  override readInto(...asked: Parameters<BlobFolder['readInto']>): Promise<void> {
    const done = super.readInto(...asked);
    reading.push(done);
    return done;
  }
}

/** The same columns, one of them on the disk in parts of ten rows, of which few are held. */
let onDisk: readonly FeedColumn[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'block-training-'));
  const store = new WatchedBlobs(realFs, folder);
  const [x, target] = held;
  if (!x || !target) throw new Error('There are two columns.');
  const writer = new BlockWriter(store, width * 4, partRows * width * 4);
  await writer.add(new Uint8Array(x.values.buffer));
  const block = await writer.finish({ dtype: 'float32', shape: [width] });
  const cache = new PieceCache(21 * partRows * width * 4);
  const { name, dtype, rowShape } = x;
  onDisk = [{ name, dtype, rowShape, block: await openBlock(block, store, cache) }, target];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function planOf(columns: readonly FeedColumn[]): TrainingPlan {
  const b = new ProgramBuilder(lookupOp);
  const x = b.input('x', { dtype: 'float32', shape: ['batch', width] });
  const kernel = b.declare({
    id: 'dense/kernel',
    type: { dtype: 'float32', shape: [width, 1] },
    init: { type: 'ones' },
  });
  const optimizer = { type: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
  const net = b.build({ y: b.value('dropout', { x: b.matMul(x, kernel) }, { rate: 0.2, seed: 3 }) });
  const program = compileTraining({ program: net, objectives: [{ output: 'y', loss: 'meanSquaredError' }], optimizer });
  const even = (row: number) => row % 5 !== 0;
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  return {
    ...{ program, columns, initial: initialState(program, 3), epochs: 3, batchSize: 7, seed: 6 },
    trainRows: all.filter(even),
    validationRows: all.filter((row) => !even(row)),
    evaluationBatch: 9,
    learningRate: () => 0.01,
  };
}

function watcher(more: Partial<TrainingWatcher> = {}): TrainingWatcher {
  const { signal } = new AbortController();
  return { signal, clock: () => 0, onProgress: () => undefined, onEpoch: () => undefined, ...more };
}

describe.skipIf(tensorflowObstacle())('training on rows that are not held', () => {
  const programs = () => openTensorflowRunner({ lookup: lookupOp });

  it('feeds the batches that rows in memory would give', async () => {
    const [disk, memory] = [new BlockBatches(onDisk), new BatchReader(held)];
    const order = epochOrder(planOf(held).trainRows, { seed: 6, epoch: 2 }, disk.disk);
    for (let from = 0; from < order.length; from += 7) {
      const to = Math.min(order.length, from + 7);
      expect(await disk.read(order, from, to)).toEqual(memory.read(order, from, to));
    }
  });

  it('keeps nobody waiting for pieces that were read ahead', async () => {
    const batches = new BlockBatches(onDisk);
    const order = epochOrder(planOf(held).trainRows, { seed: 6, epoch: 1 }, batches.disk);
    await batches.read(order, 0, 1);
    let waited = 0;
    for (let at = 1; at < order.length; at++) {
      const batch = batches.read(order, at, at + 1);
      if (batch instanceof Promise) waited += 1;
      await batch;
      // A step takes longer than reading what is under way.
      await Promise.all(reading);
      await new Promise(setImmediate);
    }
    expect(waited).toBeLessThan(5);
  });

  it('evaluates to the same numbers', async () => {
    const means = async (columns: readonly FeedColumn[]) => {
      const plan = planOf(columns);
      const { session, batches } = await openOverTable(programs(), plan.program, { columns, limit: 0 });
      try {
        await session.run('init', plan.initial);
        const signal = new AbortController().signal;
        return await evaluateRows(session, batches, { rows: plan.validationRows, size: 9, signal });
      } finally {
        await session.close();
      }
    };
    expect(await means(onDisk)).toEqual(await means(held));
  });

  it('goes on from a checkpoint to the same bits', async () => {
    const whole = await trainNetwork(planOf(onDisk), watcher(), programs());
    let kept: TrainingCheckpoint | undefined;
    const stop = new AbortController();
    const onCheckpoint = async (checkpoint: TrainingCheckpoint) => {
      kept = checkpoint;
      if (checkpoint.epoch === 2) stop.abort();
    };
    const cut = trainNetwork(planOf(onDisk), watcher({ signal: stop.signal, onCheckpoint }), programs());
    await expect(cut).rejects.toThrow();
    if (!kept) throw new Error('There is a checkpoint.');
    const resumed = await trainNetwork(planOf(onDisk), watcher({ resumeFrom: kept }), programs());
    expect(resumed.state).toEqual(whole.state);
    expect(resumed.history).toEqual(whole.history);
  });
});
