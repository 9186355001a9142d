import { readMeasure } from './compile/metrics/measure-name';
import type { Language, Text } from './text';

const words: Readonly<Record<string, Text>> = {
  loss: { en: 'Loss', zh: '损失' },
  accuracy: { en: 'Accuracy', zh: '准确率' },
  // So it was called where a model has one column for two classes, and still is in old runs.
  binaryAccuracy: { en: 'Accuracy', zh: '准确率' },
  precision: { en: 'Precision', zh: '精确率' },
  recall: { en: 'Recall', zh: '召回率' },
  f1: { en: 'F1', zh: 'F1' },
  logLoss: { en: 'Log loss', zh: '对数损失' },
  r2: { en: 'R²', zh: 'R²' },
  mae: { en: 'Mean absolute error', zh: '平均绝对误差' },
  meanAbsoluteError: { en: 'Mean absolute error', zh: '平均绝对误差' },
  mse: { en: 'Mean squared error', zh: '均方误差' },
  rmse: { en: 'Root mean squared error', zh: '均方根误差' },
};

const validation: Text = { en: '{name}, validation', zh: '{name}（验证）' };

/** A metric as people call it, with the output that it is of; one that is not known keeps its name. */
export function metricWord(name: string, language: Language): string {
  const { metric, output, isValidation } = readMeasure(name);
  const word = Object.hasOwn(words, metric) ? (words[metric]?.[language] ?? metric) : metric;
  const named = output === undefined ? word : `${word} · ${output}`;
  return isValidation ? validation[language].replace('{name}', named) : named;
}

/** `valAccuracy` is the accuracy on validation rows. */
export function splitMetric(name: string): { readonly base: string; readonly isValidation: boolean } {
  const { metric, output, isValidation } = readMeasure(name);
  return { base: output === undefined ? metric : `${metric}/${output}`, isValidation };
}
