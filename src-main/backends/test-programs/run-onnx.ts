import { InferenceSession, Tensor } from 'onnxruntime-node';
import { emitOnnx } from '../../../src-shared/formats/onnx/emit-program';
import { lookupOp } from '../../../src-shared/ops/catalog';
import type { Program, StateId } from '../../../src-shared/ops/program';
import type { TensorArray, TensorData } from '../../../src-shared/ops/tensor';

/** Writes a program as ONNX and computes it with ONNX Runtime. */
export async function evaluateByOnnx(
  program: Program,
  inputs: Readonly<Record<string, TensorData>>,
  weights: Readonly<Record<StateId, TensorData>>,
): Promise<Record<string, TensorData>> {
  const bytes = emitOnnx(program, { weights, lookup: lookupOp });
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  try {
    const feeds = Object.entries(inputs).map(([name, value]) => [name, toOnnx(value)] as const);
    const results = await session.run(Object.fromEntries(feeds.filter(([name]) => session.inputNames.includes(name))));
    return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, fromOnnx(tensor)]));
  } finally {
    await session.release();
  }
}

function toOnnx({ dtype, shape, data }: TensorData): Tensor {
  // Every element type that programs feed has the same name and array in ONNX Runtime.
  return new Tensor(dtype as 'float32', data as Float32Array, [...shape]);
}

function fromOnnx({ type, dims, data }: Tensor): TensorData {
  return { dtype: type as TensorData['dtype'], shape: [...dims], data: data as TensorArray };
}
