import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Hash, hashData } from '../../../src-shared/hash';
import { ProblemError } from '../../../src-shared/problem';
import type { Predictions, Predictor, RegressionReport, TabularValue } from '../../../src-shared/runs/values';
import type { OutputField } from '../../../src-shared/types/signature';
import { type FaultCode, FaultyFs } from '../../files/faulty-fs';
import { realFs } from '../../files/fs-port';
import { evict } from './evict';
import { encodeLine } from './log-lines';
import { markRunOpen } from './open-runs';
import { openStore, type Store } from './store';
import { withStoreLock } from './store-lock';

let root = '';
let store: Store;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'store-'));
  store = await openStore(realFs, root);
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const nowhere = () => undefined;
const hashOf = (name: string): Hash => hashData(name);
const provenance = (name: string) => ({
  hash: hashOf(name),
  madeBy: { kind: 'test.node', version: 1, node: name },
  inputs: {},
  seconds: 1.5,
});
const report: RegressionReport = {
  kind: 'regression',
  split: 'test',
  rows: 3,
  r2: Number.NaN,
  mae: 1,
  rmse: 2,
  mistakes: [],
};

function table(blob: Hash): TabularValue {
  return {
    source: {
      scan: { kind: 'parquet', blob },
      columns: [{ name: 'x', type: { kind: 'float' }, role: 'feature', range: [Number.NEGATIVE_INFINITY, 1] }],
      rows: 2,
      blocks: {},
    },
    roles: {},
    steps: [],
  };
}

const kind: OutputField = {
  name: 'kind',
  type: { dtype: 'float32', shape: ['batch', 2] },
  means: { kind: 'classes', classes: ['a', 'b'] },
};

function predictor(path: string): Predictor {
  const csv = { kind: 'csv' as const, path, hash: hashOf('file'), options: csvOptions };
  return {
    signature: { inputs: [], outputs: [{ ...kind, means: { kind: 'number' }, target: 'y' }] },
    recipe: { columns: [], steps: [] },
    artefact: {
      kind: 'program',
      program: { inputs: {}, outputs: {}, state: [], steps: [], updates: [], functions: {} },
      weights: { 'dense/kernel': { dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) } },
    },
    metrics: { loss: 0.5 },
    trainedOn: {
      dataset: { source: { scan: csv, columns: [], rows: 2, blocks: {} }, roles: {}, steps: [] },
      hash: hashOf('dataset'),
    },
  };
}
const csvOptions = { delimiter: ',', quote: '"', header: true, encoding: 'utf-8' as const, types: [], nullTexts: [''] };

describe('what was written outside the store', () => {
  it('is where it was written last, though the same thing was written elsewhere before', async () => {
    const write = (path: string) => {
      const value = { path, bundleHash: hashOf('bundle'), bytes: 1 };
      return store.values.write({ ...provenance('export'), type: 'artifact', value });
    };
    await write('/first');
    await write('/second');
    expect((await store.values.read(hashOf('export'), nowhere))?.value).toMatchObject({ path: '/second' });
  });
});

describe('ValueStore', () => {
  it('takes a line of an earlier form for absent, and keeps the value anew', async () => {
    const earlier = encodeLine(hashOf('r'), `{"type":"report","blobs":[]}\treport.json\t${JSON.stringify(report)}`);
    await mkdir(store.folders.log, { recursive: true });
    await writeFile(join(store.folders.log, `${hostname()}~${2 ** 22 + 1}~0.ndjson`), `${earlier}\n`);
    expect(await store.values.read(hashOf('r'), nowhere)).toBeUndefined();
    store.values.write({ ...provenance('r'), type: 'report', value: report });
    await store.values.flush();
    const other = await openStore(realFs, root);
    expect(await other.values.read(hashOf('r'), nowhere)).toEqual({ type: 'report', value: report });
  });

  it('gives back every kind of payload as it was', async () => {
    const predictions: Predictions = {
      rows: Int32Array.of(4, 7),
      outputs: [
        { field: kind, data: Float32Array.of(0.1, 0.9, 0.8, 0.2), truth: Float32Array.of(1, 0) },
        { field: { ...kind, name: 'price', means: { kind: 'number' } }, data: Float32Array.of(5, 6) },
      ],
    };
    await store.values.write({ ...provenance('p'), type: 'predictions', value: predictions });
    await store.values.write({ ...provenance('r'), type: 'report', value: report });
    expect(await store.values.read(hashOf('p'), nowhere)).toEqual({ type: 'predictions', value: predictions });
    expect(await store.values.read(hashOf('r'), nowhere)).toEqual({ type: 'report', value: report });
    expect(await store.values.find(hashOf('p'))).toMatchObject({ seconds: 1.5, madeBy: { node: 'p' } });
    expect(await store.values.read(hashOf('absent'), nowhere)).toBeUndefined();
  });

  it('keeps no path of a source file, and finds the file by its content', async () => {
    await store.values.write({ ...provenance('m'), type: 'model', value: predictor('/home/someone/secret.csv') });
    const folder = store.values.pathOf(hashOf('m'));
    const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')));
    expect(texts.join()).not.toContain('someone');
    const located = await store.values.read(hashOf('m'), (content) => (content === hashOf('file') ? '/new.csv' : ''));
    expect(located?.value).toEqual(predictor('/new.csv'));
  });

  it('counts a value with a damaged, cut or missing file as absent and makes room for a new one', async () => {
    const write = () => store.values.write({ ...provenance('m'), type: 'model', value: predictor('') });
    await write();
    const weights = join(store.values.pathOf(hashOf('m')), 'weights.safetensors');
    const good = await readFile(weights);
    const damaged = Buffer.from(good);
    damaged[damaged.length - 1] = 99;
    for (const harm of [
      () => writeFile(weights, damaged),
      () => writeFile(weights, good.subarray(9)),
      () => rm(weights),
    ]) {
      await harm();
      expect(await store.values.read(hashOf('m'), nowhere)).toBeUndefined();
      await write();
      expect(await store.values.read(hashOf('m'), nowhere)).toBeDefined();
    }
  });

  it('counts a table as absent once its blob is lost or damaged', async () => {
    const blob = await store.blobs.put(Buffer.from('rows'));
    await store.values.write({ ...provenance('t'), type: 'table', value: table(blob) });
    expect((await store.values.read(hashOf('t'), nowhere))?.value).toEqual(table(blob));
    await writeFile(store.blobs.localPath(blob), 'rots');
    const fresh = await openStore(realFs, root);
    expect(await fresh.values.read(hashOf('t'), nowhere)).toBeUndefined();
    await fresh.blobs.put(Buffer.from('rows'));
    expect(Buffer.from(await fresh.blobs.get(blob)).toString()).toBe('rows');
  });
});

describe('a table with a tensor column', () => {
  const image = { dtype: 'uint8', shape: [1] } as const;
  const images = (one: Hash, other: Hash): TabularValue => {
    const { source, ...rest } = table(one);
    const parts = [one, other].map((blob) => ({ blob, rows: 1 }));
    return { ...rest, source: { ...source, blocks: { image: { ...image, parts } } } };
  };

  it('needs every part of it', async () => {
    const [one, other] = [await store.blobs.put(Buffer.from('a')), await store.blobs.put(Buffer.from('b'))];
    await store.values.write({ ...provenance('t'), type: 'table', value: images(one, other) });
    expect((await store.values.read(hashOf('t'), nowhere))?.value).toEqual(images(one, other));
    await rm(store.blobs.localPath(other));
    expect(await store.values.find(hashOf('t'))).toBeUndefined();
  });

  it('is read from stores that kept its rows in one blob', async () => {
    const blob = await store.blobs.put(Buffer.from('ab'));
    const { source, ...rest } = table(blob);
    // What the store wrote before blocks had parts.
    const earlier = {
      ...rest,
      source: { ...source, blocks: { image: { ...image, blob } } },
    } as unknown as TabularValue;
    const model = { ...predictor(''), trainedOn: { dataset: earlier, hash: hashOf('dataset') } };
    await store.values.write({ ...provenance('t'), type: 'dataset', value: earlier });
    await store.values.write({ ...provenance('m'), type: 'model', value: model });
    const blocks = { image: { ...image, parts: [{ blob, rows: 2 }] } };
    expect((await store.values.read(hashOf('t'), nowhere))?.value).toMatchObject({ source: { blocks } });
    const read = await store.values.read(hashOf('m'), nowhere);
    expect(read?.value).toMatchObject({ trainedOn: { dataset: { source: { blocks } } } });
  });
});

/** `written`, or the problem that is told. */
async function tryToWrite({ values }: Store, value: TestValue): Promise<unknown> {
  let lost: unknown;
  try {
    await values.write({ ...provenance('v'), ...value } as never, (error) => {
      lost = error;
    });
  } catch (error) {
    return error;
  }
  await values.flush();
  return lost ?? 'written';
}

type TestValue =
  | { readonly type: 'report'; readonly value: RegressionReport }
  | { readonly type: 'model'; readonly value: Predictor };
const small: TestValue = { type: 'report', value: report };
const large: TestValue = { type: 'model', value: predictor('') };
const faultCodes = ['ENOSPC', 'EIO', 'EACCES', 'EMFILE', 'short-write'] as const;

describe('ValueStore on a disk that fails', () => {
  it.each<readonly [FaultCode | 'short-write', TestValue]>(
    faultCodes.flatMap((code) => [[code, small] as const, [code, large] as const]),
  )('holds the whole value or none, whichever call fails with %s', async (fault, value) => {
    for (const lasting of [false, true]) {
      for (let at = 1, faults = 1; faults > 0; at++) {
        await rm(root, { recursive: true, force: true });
        const fs = new FaultyFs(realFs, { at, fault, lasting });
        const faulty = await openStore(realFs, root).then(() => openStore(fs, root).catch(() => undefined));
        const outcome = faulty && (await tryToWrite(faulty, value));
        faults = fs.faults;
        const after = await store.values.read(hashOf('v'), nowhere);
        if (after) expect(after.value).toEqual(value.value);
        if (outcome === 'written') expect(after).toBeDefined();
        else if (outcome !== undefined) expect(outcome).toBeInstanceOf(ProblemError);
      }
    }
  });
});

describe('two writers of one store', () => {
  it('agree on the same value', async () => {
    const other = await openStore(realFs, root);
    const write = async (s: Store) => {
      await s.values.write({ ...provenance('r'), type: 'report', value: report });
      await s.values.write({ ...provenance('v'), ...large } as never);
      await s.values.flush();
    };
    await Promise.all([write(store), write(other), write(store), write(other)]);
    const third = await openStore(realFs, root);
    for (const reader of [store, other, third]) {
      expect((await reader.values.read(hashOf('r'), nowhere))?.value).toEqual(report);
      expect((await reader.values.read(hashOf('v'), nowhere))?.value).toEqual(large.value);
    }
    expect(await readdir(store.folders.values)).toHaveLength(1);
  });

  it('hold the lock one after the other, and take it over from the dead', async () => {
    await writeFile(join(root, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), token: 'other' }));
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise(setImmediate);
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withStoreLock(realFs, root, work)));
    expect(most).toBe(1);
    expect(await readdir(root)).not.toContain('lock');
  });
});

describe('evict', () => {
  it('removes the least recently used first and nothing that an open run has used', async () => {
    const aged: Hash[] = [];
    for (const [index, name] of ['oldest', 'older', 'newest'].entries()) {
      const blob = await store.blobs.put(Buffer.alloc(1000, name));
      const time = new Date(Date.now() - (10 - index) * 60_000);
      await utimes(store.blobs.localPath(blob), time, time);
      aged.push(blob);
    }
    const [oldest = hashOf(''), older = hashOf(''), newest = hashOf('')] = aged;
    const close = await markRunOpen(realFs, store.folders, 'r-1');
    await store.blobs.touch(oldest);
    expect(await evict(realFs, store.folders, 2000)).toBe(1000);
    expect([await store.blobs.has(oldest), await store.blobs.has(older), await store.blobs.has(newest)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(await evict(realFs, store.folders, 0)).toBe(1000);
    expect(await store.blobs.has(oldest)).toBe(true);
    await close();
    expect(await evict(realFs, store.folders, 0)).toBe(1000);
    expect(await store.blobs.has(oldest)).toBe(false);
  });
});
