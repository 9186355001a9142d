import type { Problem, ProblemValue } from '../problem';
import type { Language, Text } from '../text';

/** Types, as code names them and as people do. */
const words: Readonly<Record<string, Text>> = {
  number: { en: 'a number', zh: '数字' },
  'whole number': { en: 'a whole number', zh: '整数' },
  int: { en: 'a whole number', zh: '整数' },
  string: { en: 'a text', zh: '文本' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  text: { en: 'a text', zh: '文本' },
  truth: { en: 'a condition', zh: '条件' },
  object: { en: 'an object', zh: '对象' },
  record: { en: 'an object', zh: '对象' },
  array: { en: 'a list', zh: '列表' },
  tuple: { en: 'a pair of numbers', zh: '一对数字' },
  table: { en: 'a table', zh: '表格' },
  dataset: { en: 'a dataset', zh: '数据集' },
  tensor: { en: 'a layer', zh: '层' },
  model: { en: 'a model', zh: '模型' },
  estimator: { en: 'an estimator', zh: '未训练的模型' },
  predictions: { en: 'predictions', zh: '预测结果' },
  report: { en: 'a report', zh: '报告' },
  artifact: { en: 'an export', zh: '导出包' },
};

/** Values that name types. */
const typeValues = ['expected', 'wanted', 'given'];

/** A problem's values with names of types in the reader's language; "table, dataset" is a choice. */
export function wordValues(values: Problem['values'], language: Language): Record<string, ProblemValue> {
  const entries = Object.entries(values ?? {}).map(([name, value]) => {
    if (!typeValues.includes(name) || typeof value !== 'string') return [name, value];
    const parts = value.split(', ').map((part) => (Object.hasOwn(words, part) ? words[part]?.[language] : undefined));
    return [name, parts.includes(undefined) ? value : parts.join(language === 'zh' ? '或' : ' or ')];
  });
  return Object.fromEntries(entries);
}
