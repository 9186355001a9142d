import { predictedClass, probabilityOf } from '../../../src-shared/fit/classification-report';
import { maxPreviewRows, type PredictionsPreview, type PreviewAsk } from '../../../src-shared/preview';
import type { Predictions } from '../../../src-shared/runs/values';

type Row = PredictionsPreview['rows'][number];

/** A page of predictions: the class and its probability, or the number. */
export function showPredictions(
  predictions: Predictions,
  { offset, limit }: Pick<PreviewAsk, 'offset' | 'limit'>,
): PredictionsPreview {
  const total = predictions.rows.length;
  const count = Math.max(0, Math.min(limit, maxPreviewRows, total - offset));
  const rows = Array.from({ length: count }, (_, i) => showRow(predictions, offset + i));
  return { kind: 'predictions', task: predictions.task, offset, total, rows };
}

function showRow({ rows, outputs: data, truth, classes }: Predictions, index: number): Row {
  const width = data.length / rows.length;
  const outputs = { rows: rows.length, width, data };
  const row = rows[index] ?? 0;
  const known = truth?.[index];
  if (!classes) return { row, ...(known === undefined ? {} : { truth: known }), predicted: data[index] ?? 0 };
  const code = predictedClass(outputs, index);
  const trueClass = known === undefined ? undefined : classes[known];
  return {
    row,
    ...(trueClass === undefined ? {} : { truth: trueClass }),
    predicted: classes[code] ?? '',
    probability: probabilityOf(outputs, index, code),
  };
}
