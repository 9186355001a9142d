import type { ProblemText } from './problem-text';

export const exportProblems: Readonly<Record<string, ProblemText>> = {
  'safetensors-damaged': {
    text: {
      en: 'This is not a sound safetensors file: {what}.',
      zh: '这不是完好的 safetensors 文件：{what}。',
    },
    fix: { en: 'Choose another file, or write it again.', zh: '请选择其他文件，或重新写出该文件。' },
  },
  'op-not-exportable': {
    text: {
      en: 'The step "{op}" cannot be written as {format}, so nothing was exported.',
      zh: '步骤“{op}”无法写成 {format}，因此没有导出任何内容。',
    },
    fix: { en: 'Replace the layer that uses it.', zh: '请换掉使用它的层。' },
  },
  'export-differs': {
    text: {
      en: 'The {format} export predicts something else than the app: row {row} differs by {difference}, more than {tolerance}. Nothing was exported.',
      zh: '{format} 导出的预测与应用不一致：第 {row} 行相差 {difference}，超过 {tolerance}。没有导出任何内容。',
    },
    fix: {
      en: 'Export again; if it happens twice, please report it with this model.',
      zh: '请重新导出；若再次发生，请附上该模型报告此问题。',
    },
  },
  'export-does-not-run': {
    text: {
      en: 'The {format} export does not run: {message}. Nothing was exported.',
      zh: '{format} 导出无法运行：{message}。没有导出任何内容。',
    },
    fix: { en: 'Run "npm start -- doctor" to see what is missing.', zh: '运行 "npm start -- doctor" 查看缺少什么。' },
  },
  'parity-failed': {
    text: {
      en: 'The process that checks the export ended before it was done: {message}',
      zh: '检查导出的进程提前结束：{message}',
    },
    fix: {
      en: 'Close other programs to free memory, then export again.',
      zh: '请关闭其他程序以释放内存，然后重新导出。',
    },
  },
  'export-without-rows': {
    text: {
      en: 'There are no rows on which the export could be checked.',
      zh: '没有可用来检查导出的数据行。',
    },
    fix: { en: 'Keep some rows for the test split.', zh: '请为测试集保留一些行。' },
  },
  'export-folder-taken': {
    text: {
      en: '{path} holds something that is not an export; it was left as it is.',
      zh: '{path} 中有不属于导出的内容，未作任何改动。',
    },
    fix: { en: 'Choose another folder, or empty this one.', zh: '请选择其他文件夹，或清空该文件夹。' },
  },
  'export-name-missing': {
    text: { en: 'An export needs a name.', zh: '导出需要一个名称。' },
    fix: { en: 'Give it a name of letters, digits, "-", "_" or ".".', zh: '请用字母、数字、“-”、“_”或“.”命名。' },
  },
  'export-folder-missing': {
    text: { en: 'An export needs a folder.', zh: '导出需要一个文件夹。' },
    fix: { en: 'Choose the folder that the bundle shall be.', zh: '请选择用来存放导出的文件夹。' },
  },
  'deploy-not-available': {
    text: { en: 'This run cannot reach a cloud.', zh: '此次运行无法连接云端。' },
  },
};
