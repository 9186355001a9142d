import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { computeOnHost } from '../../src-shared/compile/compute-on-host';
import type { DoubleCut } from '../../src-shared/compile/passes/cut-doubles';
import type { Vocabularies } from '../../src-shared/compile/passes/cut-lookups';
import { mapValues } from '../../src-shared/map-values';
import { lookupOp } from '../../src-shared/ops/catalog';
import { type FloatArray, isFloatArray, type TensorData } from '../../src-shared/ops/tensor';
import { startBackends } from '../backends/tfjs/backends';
import { toTensor } from '../backends/tfjs/tensors';
import type { Batch, ForeignModel, ParityJob } from './parity-job';

/** Loads the graph model as a page would, and does what its host would: looks words up, computes on doubles. */
export async function openGraphModel({ folder, fields }: ParityJob): Promise<ForeignModel> {
  const [backend = 'cpu'] = await startBackends();
  await tf.setBackend(backend);
  const parts = await artifacts(join(folder, 'tfjs'));
  const asked = Object.keys(parts.signature?.inputs ?? {});
  const model = await loadGraphModel(tf.io.fromMemory(parts));
  const vocabularies: Vocabularies = JSON.parse(await readFile(join(folder, 'tfjs', 'vocabularies.json'), 'utf8'));
  const { before, after } = await readDoubles(folder);
  const { version } = createRequire(import.meta.url)('@tensorflow/tfjs-converter/package.json') as { version: string };
  return {
    runtime: `@tensorflow/tfjs-converter ${version} (${backend})`,
    run: async ({ inputs }: Batch) => {
      const coded = mapValues(inputs, (value, name) => codesOf(value, vocabularies[name]));
      const given = before ? { ...coded, ...computeOnHost(before, coded, lookupOp) } : coded;
      const feeds = asked.map((name) => [name, toTensor(present(given, name))]);
      const fed: Record<string, tf.Tensor> = Object.fromEntries(feeds);
      const names = fields.map(({ name }) => name);
      const results = [model.execute(fed, names)].flat();
      const answers = await Promise.all(
        results.map(async (result, i) => {
          const data = (await result.data()).slice() as Float32Array;
          return [names[i] ?? '', { dtype: 'float32', shape: result.shape, data } as const] as const;
        }),
      );
      tf.dispose([...results, ...Object.values(fed)]);
      const found: Record<string, TensorData> = Object.fromEntries(answers);
      const all = after ? { ...found, ...computeOnHost(after, found, lookupOp) } : found;
      return Object.fromEntries(names.map((name) => [name, floats(all[name])]));
    },
    close: async () => model.dispose(),
  };
}

/** Absent where the model has nothing to compute in float64. */
async function readDoubles(folder: string): Promise<Omit<DoubleCut, 'program'>> {
  const path = join(folder, 'tfjs', 'doubles.json');
  // The exporter has just written it.
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Omit<DoubleCut, 'program'>) : {};
}

function present(given: Readonly<Record<string, TensorData>>, name: string): TensorData {
  const value = given[name];
  if (!value) throw new Error(`The graph model asks for "${name}", which nothing gives.`);
  return value;
}

function floats(tensor: TensorData | undefined): FloatArray {
  if (isFloatArray(tensor?.data)) return tensor.data;
  throw new Error('The host computed no numbers.');
}

async function artifacts(folder: string): Promise<tf.io.ModelArtifacts & { signature?: { inputs?: object } }> {
  const { modelTopology, format, signature, weightsManifest } = JSON.parse(
    await readFile(join(folder, 'model.json'), 'utf8'),
  );
  const weights = await readFile(join(folder, 'weights.bin'));
  const weightData = new Uint8Array(weights).buffer;
  return { modelTopology, format, signature, weightSpecs: weightsManifest[0].weights, weightData };
}

function codesOf(value: TensorData, words: readonly string[] | undefined): TensorData {
  if (!words || value.dtype !== 'string') return value;
  const codes = new Map(words.map((word, code) => [word, code]));
  const codeOf = (word: unknown) => (word === '' ? words.length + 1 : (codes.get(String(word)) ?? words.length));
  return { dtype: 'int32', shape: value.shape, data: Int32Array.from(Array.from(value.data, codeOf)) };
}
