import type { ProblemText } from './problem-text';

/** Problems between a window and its host, and of the host itself. */
export const hostProblems: Readonly<Record<string, ProblemText>> = {
  'request-unknown': {
    text: { en: 'This version cannot do “{request}”.', zh: '此版本不支持“{request}”。' },
    fix: { en: 'Reload the window, or start Modelyard again.', zh: '请重新加载窗口，或重新启动 Modelyard。' },
  },
  'request-invalid': {
    text: {
      en: 'The window asked for something that makes no sense (“{request}”, at {place}). Nothing was done.',
      zh: '窗口发出了无效的请求（“{request}”，位于 {place}）。未执行任何操作。',
    },
    fix: { en: 'Reload the window and try again.', zh: '请重新加载窗口后重试。' },
  },
  'host-failed': {
    text: {
      en: 'Something went wrong inside Modelyard (“{request}”). Your file is unharmed.',
      zh: 'Modelyard 内部出错（“{request}”）。您的文件未受影响。',
    },
    fix: {
      en: 'Try again. If it happens again, please report it with the file host.log of the data folder.',
      zh: '请重试。如再次发生，请附上数据文件夹中的 host.log 报告此问题。',
    },
  },
  'host-refuses': {
    text: {
      en: 'The server does not know this page any more.',
      zh: '服务器已不再识别此页面。',
    },
    fix: {
      en: 'Open the address that “npm start -- web” printed, with all that stands behind the #.',
      zh: '请打开“npm start -- web”显示的地址，包括 # 之后的全部内容。',
    },
  },
  'host-gone': {
    text: {
      en: 'The part of Modelyard that works with files stopped, and was started again. What you had edited is kept.',
      zh: 'Modelyard 负责处理文件的部分已停止并重新启动。您的编辑内容已保留。',
    },
    fix: { en: 'Try again.', zh: '请重试。' },
  },
  'document-not-open': {
    text: { en: 'This document is not open any more.', zh: '此文档已不再打开。' },
    fix: { en: 'Open it again.', zh: '请重新打开。' },
  },
  'native-failed': {
    text: { en: 'The system could not do this: {reason}', zh: '系统无法完成此操作：{reason}' },
    fix: { en: 'Try again.', zh: '请重试。' },
  },
  'desktop-only': {
    text: {
      en: 'A page in a browser cannot do this; the desktop app can.',
      zh: '浏览器页面无法执行此操作，桌面应用可以。',
    },
    fix: { en: 'Use the desktop app.', zh: '请使用桌面应用。' },
  },
  'doctor-failed': {
    text: { en: 'This machine could not be looked at: {reason}', zh: '无法检查本机：{reason}' },
    fix: { en: 'Run “npm start -- doctor” in a terminal.', zh: '请在终端运行“npm start -- doctor”。' },
  },
  'page-missing': {
    text: { en: 'The page of the window has not been built ({folder}).', zh: '窗口页面尚未构建（{folder}）。' },
    fix: { en: 'Start with “npm start”; it builds what is missing.', zh: '请使用“npm start”启动，它会构建所缺内容。' },
  },
};
