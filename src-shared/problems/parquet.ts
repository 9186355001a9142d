import type { ProblemText } from './problem-text';

export const parquetProblems: Readonly<Record<string, ProblemText>> = {
  'parquet-unreadable': {
    text: {
      en: 'The file "{file}" is no Parquet file that can be read: {message}',
      zh: '文件“{file}”不是可读取的 Parquet 文件：{message}',
    },
    fix: { en: 'Choose another file, or write it again.', zh: '请选择其他文件，或重新写出该文件。' },
  },
  'parquet-no-columns': {
    text: {
      en: 'The file "{file}" has no column of numbers, texts, truth values or times.',
      zh: '文件“{file}”中没有数字、文本、真假值或时间列。',
    },
    fix: { en: 'Write lists and structures as columns of their own.', zh: '请把列表和结构写成单独的列。' },
  },
  'parquet-no-rows': {
    text: { en: 'The file "{file}" has no rows.', zh: '文件“{file}”没有数据行。' },
    fix: { en: 'Choose a file with rows.', zh: '请选择包含数据行的文件。' },
  },
  'parquet-column-left-out': {
    text: {
      en: 'The column "{column}" is left out: values of the type {type} are not read.',
      zh: '列“{column}”被略去：无法读取 {type} 类型的值。',
    },
    fix: { en: 'Write it as numbers or texts if it is needed.', zh: '如果需要该列，请写成数字或文本。' },
  },
  'parquet-infinite': {
    text: {
      en: 'The column "{column}" holds infinity, which a model cannot learn from.',
      zh: '列“{column}”含有无穷大，模型无法从中学习。',
    },
    fix: { en: 'Mend the file: write such values as missing.', zh: '请修正文件，将这些值写为缺失。' },
  },
};
