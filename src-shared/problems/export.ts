import type { ProblemText } from './sentences';

export const exportProblems: Readonly<Record<string, ProblemText>> = {
  'safetensors-damaged': {
    text: {
      en: 'This is not a sound safetensors file: {what}.',
      zh: '这不是完好的 safetensors 文件：{what}。',
    },
    fix: { en: 'Choose another file, or write it again.', zh: '请选择其他文件，或重新写出该文件。' },
  },
};
