import { readSafetensors } from '../formats/safetensors/read-safetensors';
import { writeSafetensors } from '../formats/safetensors/write-safetensors';
import { asFloats, type FloatArray, floatTensor, isFloatArray } from '../ops/tensor';
import { predictedClass, probabilityOf } from './classification-report';
import type { Outputs } from './outputs';

/** How every row of a report was judged, one entry a row: codes of classes, or numbers. */
export interface JudgedRows {
  /** Row numbers in the source. */
  readonly rows: Int32Array;
  readonly truth: FloatArray;
  readonly predicted: FloatArray;
  /** Of the predicted class; 1 for a number. */
  readonly probability: Float32Array;
  /** All that the model said, row-major, for curves over thresholds; absent in reports of before. */
  readonly outputs?: Outputs;
}

/** What a model said of rows whose truth is known. */
export function judgeRows(
  outputs: Outputs,
  {
    rows,
    truth,
    isClassified,
  }: { readonly rows: Int32Array; readonly truth: ArrayLike<number>; readonly isClassified: boolean },
): JudgedRows {
  const predicted =
    outputs.data instanceof Float64Array ? new Float64Array(outputs.rows) : new Float32Array(outputs.rows);
  const probability = new Float32Array(outputs.rows).fill(1);
  for (let row = 0; row < outputs.rows; row++) {
    predicted[row] = isClassified ? predictedClass(outputs, row) : (outputs.data[row] ?? Number.NaN);
    if (isClassified) probability[row] = probabilityOf(outputs, row, predicted[row] ?? 0);
  }
  return { rows, truth: asFloats(truth), predicted, probability, outputs };
}

/** The bytes that a report's `judged` names: the same rows give the same bytes. */
export function encodeJudged({ rows, truth, predicted, probability, outputs }: JudgedRows): Uint8Array {
  const shape = [rows.length];
  return writeSafetensors({
    rows: { dtype: 'int32', shape, data: rows },
    truth: floatTensor(truth, shape),
    predicted: floatTensor(predicted, shape),
    probability: floatTensor(probability, shape),
    ...(outputs ? { outputs: floatTensor(outputs.data, [outputs.rows, outputs.width]) } : {}),
  });
}

/** Throws where the bytes are not what `encodeJudged` writes. */
export function decodeJudged(bytes: Uint8Array): JudgedRows {
  const { rows, truth, predicted, probability, outputs } = readSafetensors(bytes).tensors;
  const floats = [truth, predicted, probability].map((tensor) => tensor?.data);
  const [a, b, c] = floats;
  if (!(rows?.data instanceof Int32Array && isFloatArray(a) && isFloatArray(b) && c instanceof Float32Array)) {
    throw new Error('The judged rows of a report lack a part.');
  }
  const all = outputs?.data instanceof Float32Array ? { outputs: toOutputs(outputs.shape, outputs.data) } : {};
  return { rows: rows.data, truth: a, predicted: b, probability: c, ...all };
}

function toOutputs([rows = 0, width = 1]: readonly number[], data: Float32Array): Outputs {
  return { rows, width, data };
}
