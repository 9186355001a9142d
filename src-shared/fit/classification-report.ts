import type { ClassificationReport, ClassMetrics } from '../runs/values';
import type { SplitName } from '../types/ports';
import type { Outputs } from './outputs';

/** Probabilities below this count as this in the log loss, as in Keras. */
const smallest = 1e-7;

/**
 * Metrics of a classifier on rows whose true class is known.
 *
 * Precision, recall and F1 are averaged over the classes that occur (macro average); a class that is never
 * predicted has precision 0. Log loss is the mean of −log p(true class).
 * @param outputs probabilities `[rows, classes]`, or `[rows, 1]` for the second of two classes
 * @param truth class codes, one per row
 */
export function classificationReport(
  outputs: Outputs,
  truth: ArrayLike<number>,
  { classes, split }: { readonly classes: readonly string[]; readonly split: SplitName },
): Omit<ClassificationReport, 'mistakes'> {
  const confusion = classes.map(() => classes.map(() => 0));
  let correct = 0;
  let loss = 0;
  for (let row = 0; row < outputs.rows; row++) {
    const actual = truth[row] ?? -1;
    const predicted = predictedClass(outputs, row);
    const cells = confusion[actual];
    if (cells) cells[predicted] = (cells[predicted] ?? 0) + 1;
    if (actual === predicted) correct++;
    loss -= Math.log(Math.min(1, Math.max(smallest, probabilityOf(outputs, row, actual))));
  }
  const perClass = classes.map((name, index) => classMetrics(name, index, confusion));
  const present = perClass.filter((metrics) => metrics.support > 0);
  return {
    kind: 'classification',
    split,
    rows: outputs.rows,
    accuracy: correct / Math.max(1, outputs.rows),
    precision: mean(present.map((metrics) => metrics.precision)),
    recall: mean(present.map((metrics) => metrics.recall)),
    f1: mean(present.map((metrics) => metrics.f1)),
    logLoss: loss / Math.max(1, outputs.rows),
    classes,
    confusion,
    perClass,
  };
}

/** The class with the largest probability; with one output, whether it passes one half. */
export function predictedClass({ data, width }: Outputs, row: number): number {
  if (width === 1) return (data[row] ?? 0) > 0.5 ? 1 : 0;
  let best = 0;
  for (let i = 1; i < width; i++) {
    if ((data[row * width + i] ?? 0) > (data[row * width + best] ?? 0)) best = i;
  }
  return best;
}

export function probabilityOf({ data, width }: Outputs, row: number, code: number): number {
  if (width > 1) return data[row * width + code] ?? 0;
  const positive = data[row] ?? 0;
  return code === 1 ? positive : 1 - positive;
}

function classMetrics(name: string, index: number, confusion: readonly (readonly number[])[]): ClassMetrics {
  const hits = confusion[index]?.[index] ?? 0;
  const support = sum(confusion[index] ?? []);
  const predicted = sum(confusion.map((row) => row[index] ?? 0));
  const precision = predicted === 0 ? 0 : hits / predicted;
  const recall = support === 0 ? 0 : hits / support;
  return { name, precision, recall, f1: hits === 0 ? 0 : (2 * precision * recall) / (precision + recall), support };
}

function sum(list: readonly number[]): number {
  return list.reduce((a, b) => a + b, 0);
}

export function mean(list: readonly number[]): number {
  return list.length === 0 ? 0 : sum(list) / list.length;
}
