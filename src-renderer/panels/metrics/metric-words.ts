import type { Language, Text } from '../../../src-shared/text';

const words: Readonly<Record<string, Text>> = {
  loss: { en: 'Loss', zh: '损失' },
  accuracy: { en: 'Accuracy', zh: '准确率' },
  precision: { en: 'Precision', zh: '精确率' },
  recall: { en: 'Recall', zh: '召回率' },
  f1: { en: 'F1', zh: 'F1' },
  logLoss: { en: 'Log loss', zh: '对数损失' },
  r2: { en: 'R²', zh: 'R²' },
  mae: { en: 'Mean absolute error', zh: '平均绝对误差' },
  rmse: { en: 'Root mean squared error', zh: '均方根误差' },
};

const validation: Text = { en: '{name}, validation', zh: '{name}（验证）' };

/** A metric as people call it; one that is not known keeps its name. */
export function metricWord(name: string, language: Language): string {
  const { base, isValidation } = splitMetric(name);
  const word = Object.hasOwn(words, base) ? (words[base]?.[language] ?? base) : base;
  return isValidation ? validation[language].replace('{name}', word) : word;
}

/** `valAccuracy` is the accuracy on validation rows. */
export function splitMetric(name: string): { readonly base: string; readonly isValidation: boolean } {
  const [, first, rest] = /^val_?([A-Z]|(?<=_).)(.*)$/.exec(name) ?? [];
  if (first === undefined) return { base: name, isValidation: false };
  return { base: `${first.toLowerCase()}${rest ?? ''}`, isValidation: true };
}
