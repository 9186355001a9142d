import { createRequire } from 'node:module';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type FloatArray, isFloatArray, type TensorData } from '../../src-shared/ops/tensor';
import { loadTensorflow } from '../backends/tensorflow/library';
import { openSavedModel } from '../backends/tensorflow/saved-model';
import type { FormatName } from './export-formats';
import { openGraphModel } from './foreign-graph-model';
import { openServer } from './foreign-server';
import type { OpenForeign, ParityJob } from './parity-job';

/** Who loads each format. One thread each, so that the report is the same every time. */
export const foreignRuntimes: Readonly<Record<FormatName, OpenForeign>> = {
  savedModel: openWithTensorflow,
  onnx: openWithOnnxRuntime,
  tfjs: openGraphModel,
  server: openServer,
};

async function openWithTensorflow({ folder, savedModel, fields }: ParityJob) {
  const { version } = loadTensorflow();
  const threads = { intra: 1, inter: 1 };
  const model = openSavedModel(join(folder, 'saved_model', '1'), savedModel, { threads });
  return {
    runtime: `libtensorflow ${version}`,
    run: async ({ inputs }: { inputs: Readonly<Record<string, TensorData>> }) => pick(fields, await model.run(inputs)),
    close: () => model.close(),
  };
}

async function openWithOnnxRuntime({ folder, fields }: ParityJob) {
  const path = join(folder, 'onnx', '1', 'model.onnx');
  const session = await InferenceSession.create(path, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  return {
    runtime: `onnxruntime-node ${versionOf('onnxruntime-node')}`,
    run: async ({ inputs }: { inputs: Readonly<Record<string, TensorData>> }) => {
      const feeds = Object.entries(inputs).map(([name, value]) => [name, onnxTensor(value)] as const);
      return pick(fields, await session.run(Object.fromEntries(feeds)));
    },
    close: () => session.release(),
  };
}

function onnxTensor({ dtype, shape, data }: TensorData): Tensor {
  // ONNX Runtime's types have the names of ours, and the arrays of programs' inputs are those it wants.
  return new Tensor(dtype as 'float32', data as Float32Array, [...shape]);
}

function pick(
  fields: ParityJob['fields'],
  results: Readonly<Record<string, { readonly data: unknown }>>,
): Record<string, FloatArray> {
  return Object.fromEntries(fields.map(({ name }) => [name, floats(results[name]?.data)]));
}

function floats(data: unknown): FloatArray {
  if (isFloatArray(data)) return data;
  throw new Error('The output is missing or not of floating-point numbers.');
}

/** The version of an installed package. */
function versionOf(name: string): string {
  const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string };
  return version;
}
