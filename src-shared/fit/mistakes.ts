import { encodeBase64 } from '../base64';
import { elementCount } from '../ops/tensor';
import type { OpenTable } from '../runs/run-context';
import type { Mistake } from '../runs/values';
import type { Column } from '../types/ports';
import { predictedClass, probabilityOf } from './classification-report';
import type { Outputs } from './outputs';

export interface Judged {
  readonly outputs: Outputs;
  /** Absent for a score, which nothing is compared with. */
  readonly truth?: ArrayLike<number>;
  /** Source row of each judged row. */
  readonly rows: Int32Array;
  readonly classes?: readonly string[];
}

/**
 * The rows a model was most wrong about: for classes, those where the wrong class had the largest probability;
 * for numbers, the largest absolute error; for scores, the largest of them. With the image, where a feature is one, else the features' values.
 */
export async function worstMistakes(open: OpenTable, judged: Judged, count: number): Promise<Mistake[]> {
  const indices = judged.classes ? worstClassified(judged) : worstEstimated(judged);
  const worst = indices.slice(0, count);
  const shown = await showRows(
    open,
    worst.map((index) => judged.rows[index] ?? 0),
  );
  return worst.map((index, i) => ({ ...describe(judged, index), ...shown[i] }));
}

function worstClassified({ outputs, truth = [] }: Judged): number[] {
  const wrong: { index: number; confidence: number }[] = [];
  for (let index = 0; index < outputs.rows; index++) {
    const predicted = predictedClass(outputs, index);
    if (predicted !== truth[index]) wrong.push({ index, confidence: probabilityOf(outputs, index, predicted) });
  }
  return wrong.sort((a, b) => b.confidence - a.confidence || a.index - b.index).map(({ index }) => index);
}

function worstEstimated({ outputs, truth }: Judged): number[] {
  const error = (index: number) => {
    const value = outputs.data[index] ?? 0;
    return truth ? Math.abs((truth[index] ?? 0) - value) : value;
  };
  return Array.from({ length: outputs.rows }, (_, index) => index).sort((a, b) => error(b) - error(a) || a - b);
}

function describe({ outputs, truth, rows, classes }: Judged, index: number): Mistake {
  const row = rows[index] ?? 0;
  if (!classes) {
    return {
      row,
      truth: truth ? formatNumber(truth[index] ?? 0) : '',
      predicted: formatNumber(outputs.data[index] ?? 0),
      probability: 1,
    };
  }
  const predicted = predictedClass(outputs, index);
  return {
    row,
    truth: classes[truth?.[index] ?? -1] ?? '',
    predicted: classes[predicted] ?? '',
    probability: probabilityOf(outputs, index, predicted),
  };
}

function formatNumber(value: number): string {
  return Number(value.toPrecision(6)).toString();
}

async function showRows(open: OpenTable, rows: readonly number[]): Promise<Pick<Mistake, 'image' | 'features'>[]> {
  const image = open.columns.find((column) => column.role === 'feature' && column.type.kind === 'tensor');
  if (image) return showImages(open, image, rows);
  const originals = await open.rows(rows);
  return originals.map((features) => ({ features }));
}

async function showImages(
  open: OpenTable,
  { name, type }: Column,
  rows: readonly number[],
): Promise<Pick<Mistake, 'image'>[]> {
  if (type.kind !== 'tensor' || type.dtype !== 'uint8') return rows.map(() => ({}));
  const images = await (await open.block(name)).pick(rows);
  const size = elementCount(type.shape);
  return rows.map((_row, i) => {
    const bytes = Uint8Array.from(images.subarray(i * size, (i + 1) * size));
    return { image: { shape: type.shape, dtype: type.dtype, base64: encodeBase64(bytes) } };
  });
}
