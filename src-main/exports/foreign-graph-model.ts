import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { Vocabularies } from '../../src-shared/compile/passes/cut-lookups';
import type { TensorData } from '../../src-shared/ops/tensor';
import { startBackends } from '../backends/tfjs/backends';
import { toTensor } from '../backends/tfjs/tensors';
import type { Batch, ForeignModel, ParityJob } from './parity-job';

/** Loads the graph model as a page would, and looks words up as its host would. */
export async function openGraphModel({ folder, output }: ParityJob): Promise<ForeignModel> {
  const [backend = 'cpu'] = await startBackends();
  await tf.setBackend(backend);
  const model = await loadGraphModel(await artifacts(join(folder, 'tfjs')));
  const vocabularies: Vocabularies = JSON.parse(await readFile(join(folder, 'tfjs', 'vocabularies.json'), 'utf8'));
  const { version } = createRequire(import.meta.url)('@tensorflow/tfjs-converter/package.json') as { version: string };
  return {
    runtime: `@tensorflow/tfjs-converter ${version} (${backend})`,
    run: async ({ inputs }: Batch) => {
      const feeds = Object.entries(inputs).map(([name, value]) => [name, toTensor(codesOf(value, vocabularies[name]))]);
      const fed: Record<string, tf.Tensor> = Object.fromEntries(feeds);
      const result = model.execute(fed, output) as tf.Tensor;
      const values = (await result.data()).slice() as Float32Array;
      tf.dispose([result, ...Object.values(fed)]);
      return values;
    },
    close: async () => model.dispose(),
  };
}

async function artifacts(folder: string): Promise<tf.io.IOHandler> {
  const { modelTopology, format, signature, weightsManifest } = JSON.parse(
    await readFile(join(folder, 'model.json'), 'utf8'),
  );
  const weights = await readFile(join(folder, 'weights.bin'));
  const weightData = new Uint8Array(weights).buffer;
  return tf.io.fromMemory({ modelTopology, format, signature, weightSpecs: weightsManifest[0].weights, weightData });
}

function codesOf(value: TensorData, words: readonly string[] | undefined): TensorData {
  if (!words || value.dtype !== 'string') return value;
  const codes = new Map(words.map((word, code) => [word, code]));
  const codeOf = (word: unknown) => (word === '' ? words.length + 1 : (codes.get(String(word)) ?? words.length));
  return { dtype: 'int32', shape: value.shape, data: Int32Array.from(Array.from(value.data, codeOf)) };
}
