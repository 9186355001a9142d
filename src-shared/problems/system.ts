import type { ProblemText } from './sentences';

/** Problems of the machine: disks, processes, the engine. */
export const systemProblems: Readonly<Record<string, ProblemText>> = {
  'disk-full': {
    text: {
      en: 'There is no space left on the disk for {path}. What was there before is unharmed.',
      zh: '磁盘空间不足，无法写入 {path}。原有内容未受影响。',
    },
    fix: { en: 'Free some space, or choose another disk.', zh: '请释放空间，或选择其他磁盘。' },
  },
  'read-only-folder': {
    text: { en: '{path} is on a read-only disk.', zh: '{path} 位于只读磁盘上。' },
    fix: { en: 'Choose a folder that can be written to.', zh: '请选择可写入的文件夹。' },
  },
  'permission-denied': {
    text: { en: 'You have no permission to use {path}.', zh: '没有权限访问 {path}。' },
    fix: { en: 'Change its permissions, or choose another folder.', zh: '请更改其权限，或选择其他文件夹。' },
  },
  'file-not-found': {
    text: { en: '{path} is not there.', zh: '找不到 {path}。' },
    fix: { en: 'Check the path, or choose the file again.', zh: '请检查路径，或重新选择文件。' },
  },
  'is-a-folder': {
    text: { en: '{path} is a folder; a file is needed.', zh: '{path} 是文件夹，需要的是文件。' },
    fix: { en: 'Choose a file.', zh: '请选择一个文件。' },
  },
  'not-a-folder': {
    text: { en: '{path} leads through something that is not a folder.', zh: '{path} 的路径中有不是文件夹的部分。' },
    fix: { en: 'Check the path.', zh: '请检查路径。' },
  },
  'too-many-open-files': {
    text: {
      en: 'The system allows no more open files, so {path} could not be opened.',
      zh: '系统打开的文件数已达上限，无法打开 {path}。',
    },
    fix: { en: 'Close other programs and try again.', zh: '请关闭其他程序后重试。' },
  },
  'file-busy': {
    text: { en: 'Another program is using {path}.', zh: '另一个程序正在使用 {path}。' },
    fix: { en: 'Close that program and try again.', zh: '请关闭该程序后重试。' },
  },
  'disk-failed': {
    text: { en: 'The disk failed at {path} ({code}).', zh: '磁盘在 {path} 处出错（{code}）。' },
    fix: {
      en: 'Try again; if it happens again, check the disk and choose another one.',
      zh: '请重试；如再次发生，请检查磁盘或改用其他磁盘。',
    },
  },
  'path-too-long': {
    text: { en: 'The path {path} is too long for this system.', zh: '路径 {path} 对本系统来说过长。' },
    fix: { en: 'Choose a shorter path.', zh: '请选择较短的路径。' },
  },
  'stored-data-lost': {
    text: {
      en: 'Data of an earlier step is damaged or gone from the store ({path}).',
      zh: '存储中某个先前步骤的数据已损坏或丢失（{path}）。',
    },
    fix: { en: 'Run again: the step that made it will run first.', zh: '请再次运行：生成该数据的步骤会先重新运行。' },
  },
  'library-missing': {
    text: {
      en: "TensorFlow's library is not on this machine (looked in {folder}).",
      zh: '本机没有 TensorFlow 库（已查找 {folder}）。',
    },
    fix: {
      en: 'Run “npm start -- doctor”: it says how to get it.',
      zh: '请运行“npm start -- doctor”，它会说明如何获取。',
    },
  },
  'library-unusable': {
    text: { en: "TensorFlow's library cannot be loaded: {reason}", zh: '无法加载 TensorFlow 库：{reason}' },
    fix: {
      en: 'Run “npm start -- doctor”: it says what is missing.',
      zh: '请运行“npm start -- doctor”，它会说明缺少什么。',
    },
  },
  'out-of-memory': {
    text: { en: 'There was not enough memory ({message}).', zh: '内存不足（{message}）。' },
    fix: { en: 'Choose a smaller batch size or a smaller model.', zh: '请减小批大小或模型规模。' },
  },
  'tensorflow-failed': {
    text: { en: 'TensorFlow reported: {message}', zh: 'TensorFlow 报告：{message}' },
  },
};
