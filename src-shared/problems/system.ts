import type { ProblemText } from './problem-text';

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
  'not-a-file': {
    text: { en: '{path} is a pipe or a device; a file is needed.', zh: '{path} 是管道或设备，需要的是文件。' },
    fix: { en: 'Choose a file.', zh: '请选择一个文件。' },
  },
  'path-invalid': {
    text: { en: '“{path}” cannot be a path.', zh: '“{path}”不是有效的路径。' },
    fix: { en: 'Choose a file.', zh: '请选择一个文件。' },
  },
  'link-loop': {
    text: { en: '{path} is a link that leads back to itself.', zh: '{path} 是指向自身的链接。' },
    fix: { en: 'Choose the file itself, or mend the link.', zh: '请选择文件本身，或修正链接。' },
  },
  'not-a-folder': {
    text: {
      en: '{path} is not a folder, or leads through something that is none.',
      zh: '{path} 不是文件夹，或其路径中有不是文件夹的部分。',
    },
    fix: { en: 'Check the path, or choose another folder.', zh: '请检查路径，或选择其他文件夹。' },
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
  'tfjs-node-unusable': {
    text: { en: 'tfjs-node cannot be used: {reason}', zh: '无法使用 tfjs-node：{reason}' },
    fix: {
      en: 'Run “npm start -- doctor”: it says what is missing.',
      zh: '请运行“npm start -- doctor”，它会说明缺少什么。',
    },
  },
  'runner-unknown': {
    text: {
      en: 'MODELYARD_RUNNER names “{name}”, which is no runner. There are: {names}.',
      zh: 'MODELYARD_RUNNER 指定的“{name}”不是可用的运行器。可选：{names}。',
    },
    fix: { en: 'Set it to one of these, or not at all.', zh: '请设为其中之一，或不设置。' },
  },
  'portable-failed': {
    text: { en: 'The operation “{op}” failed: {message}', zh: '操作“{op}”失败：{message}' },
  },
  'op-not-portable': {
    text: {
      en: "The operation “{op}” needs TensorFlow's library; the portable backend cannot compute it.",
      zh: '操作“{op}”需要 TensorFlow 库，可移植后端无法计算。',
    },
    fix: {
      en: 'Run “npm start -- doctor”: it says how to get the library.',
      zh: '请运行“npm start -- doctor”，它会说明如何获取该库。',
    },
  },
  'tensorflow-failed': {
    text: { en: 'TensorFlow reported: {message}', zh: 'TensorFlow 报告：{message}' },
  },
  'engine-died': {
    text: {
      en: 'The engine process ended ({signal}) while “{node}” was running. SIGKILL often means that the system ran out of memory.',
      zh: '运行“{node}”时，引擎进程意外结束（{signal}）。SIGKILL 常表示系统内存耗尽。',
    },
    fix: {
      en: 'Run again: finished steps are kept. If memory was short, use a smaller batch or close other programs.',
      zh: '请再次运行：已完成的步骤会保留。如果内存不足，请减小批量或关闭其他程序。',
    },
  },
  'engine-died-early': {
    text: {
      en: 'The engine process ended ({signal}) before any step was running.',
      zh: '引擎进程在任何步骤开始之前意外结束（{signal}）。',
    },
    fix: {
      en: 'Run again. If it happens again, “doctor” shows what the machine lacks.',
      zh: '请再次运行。如再次发生，可用 doctor 查看本机缺少什么。',
    },
  },
  'engine-missing': {
    text: { en: 'The engine process could not be started.', zh: '无法启动引擎进程。' },
    fix: {
      en: 'Install again, or build with “npm start -- doctor”.',
      zh: '请重新安装，或运行 “npm start -- doctor”。',
    },
  },
  'step-failed': {
    text: { en: '“{node}” failed: {message}', zh: '“{node}”失败：{message}' },
    fix: { en: 'Please report this with the run’s folder.', zh: '请附上本次运行的文件夹报告此问题。' },
  },
  'journal-failed': {
    text: {
      en: 'The run’s log can no longer be written ({code}); the run goes on without it.',
      zh: '无法继续写入运行日志（{code}）；运行会在没有日志的情况下继续。',
    },
    fix: { en: 'Free some space on the disk of the store.', zh: '请释放存储所在磁盘的空间。' },
  },
  'export-no-model': {
    text: { en: 'No node {node} makes a model that could be exported.', zh: '没有节点 {node} 生成可导出的模型。' },
    fix: { en: 'Name a node that trains a model, with --node.', zh: '请用 --node 指定训练模型的节点。' },
  },
  'export-many-models': {
    text: { en: 'There are several models: {names}.', zh: '有多个模型：{names}。' },
    fix: { en: 'Say which one with --node NAME.', zh: '请用 --node 名称 指明要导出哪一个。' },
  },
  'export-no-exporter': {
    text: { en: 'This version has no node that exports models.', zh: '此版本没有可导出模型的节点。' },
  },
  'bundle-missing': {
    text: { en: '{path} is no bundle: it holds no server.mjs.', zh: '{path} 不是导出包：其中没有 server.mjs。' },
    fix: { en: 'Name a folder that “export” wrote.', zh: '请指定由 export 写出的文件夹。' },
  },
  'port-invalid': {
    text: { en: '“{port}” is no port.', zh: '“{port}”不是有效的端口。' },
    fix: {
      en: 'Use a whole number from 0 to 65535; 0 takes a free one.',
      zh: '请使用 0 到 65535 的整数；0 表示自动选择。',
    },
  },
  'port-in-use': {
    text: { en: 'Port {port} of {host} is in use by another program.', zh: '{host} 的端口 {port} 正被其他程序使用。' },
    fix: {
      en: 'Choose another one with --port, or 0 for a free one.',
      zh: '请用 --port 指定其他端口，或用 0 自动选择。',
    },
  },
  'port-not-allowed': {
    text: {
      en: 'The system does not let this program listen on port {port} of {host} ({code}).',
      zh: '系统不允许本程序监听 {host} 的端口 {port}（{code}）。',
    },
    fix: { en: 'Choose a port from 1024 on with --port.', zh: '请用 --port 指定 1024 以上的端口。' },
  },
  'engine-failed': {
    text: { en: 'The engine made a mistake: {message}', zh: '引擎内部出错：{message}' },
    fix: { en: 'Please report this.', zh: '请报告此问题。' },
  },
  'engine-only-looks': {
    text: { en: 'This engine only looks at data; it runs nothing.', zh: '此引擎仅用于查看数据，不运行任何步骤。' },
  },
};
