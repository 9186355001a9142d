import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { ProblemError } from '../../src-shared/problem';
import { explainProblem } from '../../src-shared/problems/sentences';
import type { RunEventBody } from '../../src-shared/runs/run-event';
import type { Predictor } from '../../src-shared/runs/values';
import { locateLibraries } from '../backends/tensorflow/locate-library';
import { type FsPort, realFs } from '../files/fs-port';
import { createExports, type ExportOptions } from './create-exports';
import {
  imagePredictor,
  largeNumbersPredictor,
  regressionPredictor,
  sampleRows,
  tablePredictor,
} from './sample-predictors';

const hasTensorflow = locateLibraries().length > 0;
if (!hasTensorflow) console.log('skipped: exports are proven with libtensorflow, which is not on this machine');

const scripts = { server: 'out/server.mjs', parity: join(process.cwd(), 'out/parity.mjs') };
let folder: string;

beforeAll(async () => {
  await build(['out/server.mjs', 'out/parity.mjs']);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'export-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function exportsWith(options: Partial<ExportOptions> = {}) {
  const events: RunEventBody[] = [];
  const exports = createExports({
    fs: realFs,
    signal: new AbortController().signal,
    node: 'export',
    emit: (event) => events.push(event),
    heldOut: (predictor, limit) => sampleRows(predictor, Math.min(limit, 120)),
    scripts,
    ...options,
  });
  const bundle = (predictor: Predictor, to = 'bundle') =>
    exports.bundle(predictor, { to: join(folder, to), name: 'sample', reports: [], lineage: {} });
  return { bundle, events };
}

function filesIn(path: string): Record<string, string> {
  const names = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((file) => [file.slice(path.length + 1), readFileSync(file).toString('base64')]));
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => new Error('It succeeded.'),
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw error;
}

describe.skipIf(!hasTensorflow)('a bundle', () => {
  test.each([
    ['images', imagePredictor],
    ['a table with gaps and words', tablePredictor],
    ['a regression', regressionPredictor],
  ])('of %s predicts in every format what the app predicts', async (_what, make) => {
    const { bundle, events } = exportsWith();
    const artifact = await bundle(make());
    const { rows, formats } = artifact.parity ?? { rows: 0, formats: {} };
    expect(rows).toBe(120);
    expect(Object.keys(formats).sort()).toEqual(['onnx', 'savedModel', 'server', 'tfjs']);
    for (const format of Object.values(formats)) {
      expect(format.maxDifference).toBeLessThan(make().signature.outputs[0]?.means.kind === 'number' ? 1e-3 : 1e-5);
      expect(format.classChanges).toBe(0);
      expect(format.bytes).toBeGreaterThan(100);
    }
    expect(events).toMatchObject([{ type: 'parity', node: 'export', latencies: { onnx: expect.any(Number) } }]);
  });

  test('of numbers that float32 cannot tell apart keeps their digits in every format', async () => {
    const { bundle } = exportsWith();
    const { parity } = await bundle(largeNumbersPredictor());
    // The target varies by some thousands around 10¹²: float32 would be off by up to 32768.
    for (const { maxDifference } of Object.values(parity?.formats ?? {})) expect(maxDifference).toBeLessThan(0.02);
    expect(Object.keys(parity?.formats ?? {})).toHaveLength(4);
    const metadata = JSON.parse(readFileSync(join(folder, 'bundle/metadata.json'), 'utf8'));
    expect(metadata.inputs).toMatchObject([
      { name: 'amount', dtype: 'float64' },
      { name: 'code', dtype: 'float64' },
    ]);
    expect(metadata.signatures.tfjs).toBe('tensor');
    expect(existsSync(join(folder, 'bundle/tfjs/doubles.json'))).toBe(true);
  });

  test('exported twice has the same bytes, over the older one, and lists every file with its hash', async () => {
    const { bundle } = exportsWith();
    const first = await bundle(tablePredictor());
    const before = filesIn(join(folder, 'bundle'));
    const second = await bundle(tablePredictor());
    expect(filesIn(join(folder, 'bundle'))).toEqual(before);
    expect(second).toEqual(first);
    const metadata = JSON.parse(readFileSync(join(folder, 'bundle/metadata.json'), 'utf8'));
    const listed = metadata.files.map((file: { path: string }) => file.path);
    expect([...listed, 'metadata.json'].sort()).toEqual(Object.keys(before).sort());
    expect(readdirSync(folder)).toEqual(['bundle']);
  });

  test.each([
    ['onnx', 'onnx/1/model.onnx'],
    ['savedModel', 'saved_model/1/saved_model.pb'],
    ['tfjs', 'tfjs/weights.bin'],
    ['server', 'program/weights.safetensors'],
  ])('whose %s has another weight is refused, and nothing is left', async (format, path) => {
    const kernel = imagePredictor().artefact.weights['dense/kernel']?.data as Float32Array;
    const { bundle } = exportsWith({ fs: tampering(path, kernel) });
    const problem = await problemOf(bundle(imagePredictor()));
    expect(problem).toMatchObject({ code: 'export-differs', values: { format, row: 0 } });
    expect(explainProblem(problem, 'en').text).toContain(`The ${format} export predicts something else`);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that is cancelled leaves nothing', async () => {
    const controller = new AbortController();
    const heldOut: ExportOptions['heldOut'] = async (predictor) => {
      controller.abort();
      return sampleRows(predictor, 10);
    };
    const { bundle } = exportsWith({ signal: controller.signal, heldOut });
    await expect(bundle(imagePredictor())).rejects.toThrow('abort');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('without held-out rows is refused', async () => {
    const { bundle } = exportsWith({ heldOut: (predictor) => sampleRows(predictor, 0) });
    expect(await problemOf(bundle(imagePredictor()))).toMatchObject({ code: 'export-without-rows' });
  });
});

/** A disk that swaps the first two of some weights while it writes one file. */
function tampering(path: string, weights: Float32Array): FsPort {
  return {
    ...realFs,
    open: async (file, mode) => {
      const opened = await realFs.open(file, mode);
      if (!file.endsWith(path)) return opened;
      return {
        write: (bytes) => opened.write(changeWeights(bytes, weights)),
        sync: () => opened.sync(),
        size: () => opened.size(),
        close: () => opened.close(),
      };
    },
  };
}

function changeWeights(bytes: Uint8Array, weights: Float32Array): Uint8Array {
  const changed = Buffer.from(bytes);
  const wanted = Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength);
  const at = changed.indexOf(wanted);
  expect(at).toBeGreaterThan(0);
  for (let i = 0; i < weights.length; i++) changed.writeFloatLE((weights[i] ?? 0) + 1 + i, at + i * 4);
  return changed;
}

test('a folder that is no bundle is never overwritten', async () => {
  mkdirSync(join(folder, 'photos'));
  writeFileSync(join(folder, 'photos/cat.jpg'), 'miaow');
  const { bundle } = exportsWith();
  expect(await problemOf(bundle(imagePredictor(), 'photos'))).toMatchObject({ code: 'export-folder-taken' });
  expect(filesIn(folder)).toEqual({ 'photos/cat.jpg': Buffer.from('miaow').toString('base64') });
});

test('an op that a format cannot say is refused by name before anything is written', async () => {
  const predictor = imagePredictor();
  const { program } = predictor.artefact;
  const output = program.outputs.probabilities;
  if (!output) throw new Error('The sample has this output.');
  const bad = { id: 'bad', op: 'reluGrad', inputs: { dy: output, y: output }, attrs: {}, scope: 'strange' };
  const steps = [...program.steps, bad];
  const changed = { ...program, steps, outputs: { probabilities: { step: 'bad', output: 'x' } } };
  const { bundle } = exportsWith();
  const problem = await problemOf(bundle({ ...predictor, artefact: { ...predictor.artefact, program: changed } }));
  expect(problem).toMatchObject({
    code: 'op-not-exportable',
    node: 'strange',
    values: { op: 'reluGrad', format: 'ONNX' },
  });
  expect(existsSync(join(folder, 'bundle'))).toBe(false);
});
