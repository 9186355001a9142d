import type { ProblemText } from './problem-text';

/** Documents on disk: opening, saving, bringing back; and the files that they name. */
export const fileProblems: Readonly<Record<string, ProblemText>> = {
  'document-open-elsewhere': {
    text: {
      en: '{name} is open in another window. Here it can be looked at and saved elsewhere.',
      zh: '{name} 已在另一个窗口中打开。在此处可以查看，也可另存到其他位置。',
    },
    fix: { en: 'Take it over, or save a copy.', zh: '请接管编辑，或另存副本。' },
  },
  'document-without-file': {
    text: { en: 'This document has never been saved.', zh: '此文档从未保存过。' },
    fix: { en: 'Say where to save it.', zh: '请选择保存位置。' },
  },
  'file-write-protected': {
    text: {
      en: '{path} cannot be written to. It can be looked at and saved elsewhere.',
      zh: '{path} 无法写入。可以查看，也可另存到其他位置。',
    },
    fix: {
      en: 'Save a copy, or allow writing to the file and its folder.',
      zh: '请另存副本，或允许写入该文件及其文件夹。',
    },
  },
  'file-changed-outside': {
    text: {
      en: '{name} was changed by another program since it was opened. Nothing was saved.',
      zh: '{name} 打开后已被其他程序更改。尚未保存任何内容。',
    },
    fix: {
      en: 'Replace what is there ({path}), or save a copy.',
      zh: '请替换现有内容（{path}），或另存副本。',
    },
  },
  'file-exists': {
    text: { en: 'There is already a file {name}. Nothing was saved.', zh: '已存在文件 {name}。尚未保存任何内容。' },
    fix: { en: 'Replace it ({path}), or choose another name.', zh: '请替换它（{path}），或选择其他名称。' },
  },
  'edit-refused': {
    text: {
      en: 'This edit uses a name that no pipeline may use, so it cannot be kept for recovery.',
      zh: '此编辑使用了流程中不允许的名称，无法保留用于恢复。',
    },
    fix: { en: 'Undo it and choose another name.', zh: '请撤销并选择其他名称。' },
  },
  'edit-out-of-step': {
    text: {
      en: 'This edit does not fit the document as Modelyard last saw it, so it is not kept for recovery.',
      zh: '此编辑与 Modelyard 最后看到的文档不符，未保留用于恢复。',
    },
    fix: { en: 'Save the document.', zh: '请保存文档。' },
  },
  'recovery-missing': {
    text: { en: 'There is nothing left to bring back here.', zh: '此处没有可恢复的内容。' },
    fix: { en: 'Open the file itself.', zh: '请打开文件本身。' },
  },
  'recovery-in-use': {
    text: { en: 'These edits are open in another window.', zh: '这些编辑已在另一个窗口中打开。' },
    fix: { en: 'Go on in that window.', zh: '请在该窗口中继续。' },
  },
  'recovery-cut': {
    text: {
      en: 'The record of your edits is damaged; all up to the damage were brought back.',
      zh: '编辑记录已损坏；损坏处之前的编辑均已恢复。',
    },
    fix: { en: 'Look through the document before you save it.', zh: '请在保存前检查文档。' },
  },
  'example-missing': {
    text: { en: 'There is no example {name}.', zh: '没有示例 {name}。' },
    fix: { en: 'Choose one from the list.', zh: '请从列表中选择。' },
  },
  'folder-not-allowed': {
    text: { en: 'The folder {path} may not be shown here.', zh: '此处不能显示文件夹 {path}。' },
    fix: { en: 'Choose one of the folders that are shown.', zh: '请选择所显示的文件夹。' },
  },
  'file-use-unknown': {
    text: {
      en: 'No node reads {name}. Files that can be read: {endings}.',
      zh: '没有节点可读取 {name}。可读取的文件：{endings}。',
    },
    fix: { en: 'Convert it to one of these forms.', zh: '请将其转换为其中一种格式。' },
  },
  'import-too-large': {
    text: {
      en: '{name} has {megabytes} MB; a page in a browser can hand over {limit} MB.',
      zh: '{name} 有 {megabytes} MB；浏览器页面最多可传送 {limit} MB。',
    },
    fix: {
      en: 'Copy it into a folder of this machine and choose it there.',
      zh: '请将其复制到本机文件夹中，再从那里选择。',
    },
  },
};
