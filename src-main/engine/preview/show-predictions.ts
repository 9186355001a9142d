import { predictedClass, probabilityOf } from '../../../src-shared/fit/classification-report';
import type { FloatArray } from '../../../src-shared/ops/tensor';
import {
  maxPreviewRows,
  type PredictionsPreview,
  type PreviewAsk,
  type ShownPrediction,
} from '../../../src-shared/preview';
import type { PredictedOutput, Predictions } from '../../../src-shared/runs/values';
import { classesOf } from '../../../src-shared/types/signature';

/** Numbers of a vector that are shown. */
const shownNumbers = 8;

/** A page of predictions: of every output the class and its probability, or the number. */
export function showPredictions(
  { rows, outputs }: Predictions,
  { offset, limit }: Pick<PreviewAsk, 'offset' | 'limit'>,
): PredictionsPreview {
  const total = rows.length;
  const count = Math.max(0, Math.min(limit, maxPreviewRows, total - offset));
  const shown = Array.from({ length: count }, (_, i) => {
    const index = offset + i;
    return { row: rows[index] ?? 0, values: outputs.map((output) => showValue(output, { index, rows: total })) };
  });
  return { kind: 'predictions', outputs: outputs.map(({ field }) => field), offset, total, rows: shown };
}

function showValue(
  { field, data, truth }: PredictedOutput,
  { index, rows }: { readonly index: number; readonly rows: number },
): ShownPrediction {
  const width = data.length / rows;
  const classes = classesOf(field);
  const known = truth?.[index];
  if (classes) {
    const outputs = { rows, width, data };
    const code = predictedClass(outputs, index);
    const trueClass = known === undefined ? undefined : classes[known];
    const probability = probabilityOf(outputs, index, code);
    return { ...(trueClass === undefined ? {} : { truth: trueClass }), predicted: classes[code] ?? '', probability };
  }
  const own = data.subarray(index * width, (index + 1) * width);
  return {
    ...(known === undefined ? {} : { truth: known }),
    predicted: width === 1 ? (own[0] ?? Number.NaN) : listed(own),
  };
}

function listed(numbers: FloatArray): string {
  const shown = Array.from(numbers.subarray(0, shownNumbers), (value) => Number(value.toPrecision(4)));
  return `[${shown.join(', ')}${numbers.length > shownNumbers ? ', …' : ''}]`;
}
