import type { ProblemText } from './problem-text';

/** Reading files: what stands in the way before there is a document. */
const file: Readonly<Record<string, ProblemText>> = {
  'file-empty': {
    text: { en: 'The file is empty.', zh: '文件是空的。' },
    fix: { en: 'Open a backup or an older copy.', zh: '请打开备份或较早的副本。' },
  },
  'file-too-large': {
    text: {
      en: 'The file has {megabytes} MB; a pipeline has at most {limit} MB.',
      zh: '文件有 {megabytes} MB；流程文件最大为 {limit} MB。',
    },
    fix: {
      en: 'Check that this is a pipeline: data stays in files of its own.',
      zh: '请确认这是流程文件：数据应放在单独的文件中。',
    },
  },
  'file-binary': {
    text: { en: 'The file is binary, not a pipeline.', zh: '这是二进制文件，不是流程文件。' },
    fix: { en: 'Choose a .yard file.', zh: '请选择 .yard 文件。' },
  },
  'file-not-utf8': {
    text: {
      en: 'The file is not UTF-8 text: line {line} holds other bytes.',
      zh: '文件不是 UTF-8 文本：第 {line} 行含有其他字节。',
    },
    fix: {
      en: 'Save it as UTF-8 in a text editor, or open a backup. The file was not changed.',
      zh: '请在文本编辑器中将其另存为 UTF-8，或打开备份。文件未被更改。',
    },
  },
  'file-too-deep': {
    text: {
      en: 'The file nests deeper than {limit} levels, which no pipeline does.',
      zh: '文件嵌套超过 {limit} 层，流程文件不会如此。',
    },
    fix: { en: 'Open a backup or an older copy.', zh: '请打开备份或较早的副本。' },
  },
  'file-not-json': {
    text: {
      en: 'The file is not a pipeline: it is not JSON (line {line}, column {column}).',
      zh: '这不是流程文件：内容不是 JSON（第 {line} 行，第 {column} 列）。',
    },
    fix: { en: 'Choose a .yard file.', zh: '请选择 .yard 文件。' },
  },
  'file-bad-json': {
    text: {
      en: 'The file is damaged: line {line}, column {column} cannot be read.',
      zh: '文件已损坏：第 {line} 行第 {column} 列无法读取。',
    },
    fix: { en: 'Mend that place in a text editor, or open a backup.', zh: '请用文本编辑器修正该处，或打开备份。' },
  },
  'file-truncated': {
    text: {
      en: 'The file ends too early, at line {line}, column {column}.',
      zh: '文件在第 {line} 行第 {column} 列处提前结束。',
    },
    fix: { en: 'Open a backup: the rest of the file is missing.', zh: '请打开备份：文件的其余部分已丢失。' },
  },
  'file-forbidden-key': {
    text: {
      en: 'The file uses the key `__proto__` or `constructor.prototype`, which no pipeline does.',
      zh: '文件使用了 `__proto__` 或 `constructor.prototype` 键，流程文件不会如此。',
    },
    fix: { en: 'Do not trust this file; ask its sender.', zh: '请勿信任此文件；请询问发送者。' },
  },
  'file-number-too-large': {
    text: { en: 'The file holds a number that is too large to be kept.', zh: '文件中有过大而无法保存的数字。' },
    fix: { en: 'Mend the number in a text editor.', zh: '请用文本编辑器修正该数字。' },
  },
  'file-not-modelyard': {
    text: { en: 'The file is JSON, but not a Modelyard pipeline.', zh: '文件是 JSON，但不是 Modelyard 流程。' },
    fix: {
      en: 'Choose a file that begins with "format": "modelyard".',
      zh: '请选择包含 "format": "modelyard" 的文件。',
    },
  },
  'file-version-missing': {
    text: { en: 'The file does not say which version of the format it has.', zh: '文件没有说明其格式版本。' },
    fix: { en: 'Add "version": 1, or open a backup.', zh: '请添加 "version": 1，或打开备份。' },
  },
  'file-newer': {
    text: {
      en: 'The file was saved by a newer Modelyard: format {version}, and this one reads up to {supported}.',
      zh: '文件由更新版本的 Modelyard 保存：格式为 {version}，本版本最高支持 {supported}。',
    },
    fix: { en: 'Update Modelyard. The file was not changed.', zh: '请更新 Modelyard。文件未被更改。' },
  },
  'file-too-many-nodes': {
    text: {
      en: 'The file has {nodes} nodes; at most {limit} can be opened.',
      zh: '文件有 {nodes} 个节点；最多可打开 {limit} 个。',
    },
    fix: { en: 'Split the pipeline into several files.', zh: '请将流程拆分为多个文件。' },
  },
  'document-shape': {
    text: {
      en: 'The file cannot be understood at {place}: expected {expected}.',
      zh: '无法理解文件中的 {place}：应为 {expected}。',
    },
    fix: { en: 'Mend that place in a text editor, or open a backup.', zh: '请用文本编辑器修正该处，或打开备份。' },
  },
};

const node: Readonly<Record<string, ProblemText>> = {
  'node-kind-missing': {
    text: { en: 'There is no node of the kind {kind}.', zh: '没有 {kind} 类型的节点。' },
    fix: { en: 'The command “nodes” lists every kind.', zh: '命令“nodes”可列出所有类型。' },
  },
  'kind-unknown': {
    text: {
      en: 'This version has no node of the kind {kind}. It is kept as it is.',
      zh: '本版本没有 {kind} 类型的节点。它会原样保留。',
    },
    fix: { en: 'Update Modelyard, or remove the node.', zh: '请更新 Modelyard，或删除该节点。' },
  },
  'node-newer': {
    text: {
      en: 'The node {kind} was saved in version {version}; this Modelyard knows version {supported}.',
      zh: '节点 {kind} 以版本 {version} 保存；本 Modelyard 支持版本 {supported}。',
    },
    fix: { en: 'Update Modelyard.', zh: '请更新 Modelyard。' },
  },
  'node-upgrade-failed': {
    text: {
      en: 'The settings of {kind} from version {version} could not be brought up to date.',
      zh: '无法更新 {kind} 版本 {version} 的参数。',
    },
    fix: { en: 'Remove the node and add it anew.', zh: '请删除该节点并重新添加。' },
  },
  'node-missing': {
    text: { en: 'There is no node {name}.', zh: '没有节点 {name}。' },
    fix: { en: 'Choose a node that is in the pipeline.', zh: '请选择流程中已有的节点。' },
  },
  'node-missing-near': {
    text: { en: 'There is no node {name}.', zh: '没有节点 {name}。' },
    fix: { en: 'Did you mean one of: {near}?', zh: '您是指以下之一吗：{near}？' },
  },
  'name-duplicate': {
    text: { en: 'More than one node is called {name}.', zh: '有多个节点名为 {name}。' },
    fix: { en: 'Give each node a name of its own.', zh: '请为每个节点取不同的名称。' },
  },
  'name-invalid': {
    text: { en: '"{name}" cannot be the name of a node.', zh: '"{name}" 不能用作节点名称。' },
    fix: {
      en: 'Use letters, digits, _ and -, beginning with a letter.',
      zh: '请使用字母、数字、_ 和 -，并以字母开头。',
    },
  },
  'seed-invalid': {
    text: { en: '{value} cannot be a seed.', zh: '{value} 不能用作随机种子。' },
    fix: { en: 'Use a whole number from 0 to 4294967295.', zh: '请使用 0 到 4294967295 的整数。' },
  },
};

const wiring: Readonly<Record<string, ProblemText>> = {
  'edge-id-malformed': {
    text: { en: 'The connection "{edge}" cannot be read.', zh: '无法读取连接 "{edge}"。' },
    fix: { en: 'Remove it, or write it as node.port>node.port.', zh: '请删除它，或写成 node.port>node.port。' },
  },
  'edge-dangling': {
    text: {
      en: 'The connection {edge} leads to a node that does not exist: {missing}.',
      zh: '连接 {edge} 指向不存在的节点：{missing}。',
    },
    fix: { en: 'Remove the connection.', zh: '请删除该连接。' },
  },
  'port-unknown-output': {
    text: { en: '{name} has no output {port}.', zh: '{name} 没有输出 {port}。' },
    fix: { en: 'Connect one of: {known}.', zh: '请连接以下之一：{known}。' },
  },
  'port-unknown-input': {
    text: { en: '{name} has no input {port}.', zh: '{name} 没有输入 {port}。' },
    fix: { en: 'Connect one of: {known}.', zh: '请连接以下之一：{known}。' },
  },
  'port-taken': {
    text: {
      en: '{count} connections lead into {name}.{port}, which takes one.',
      zh: '{name}.{port} 只接受一个连接，却有 {count} 个。',
    },
    fix: { en: 'Remove all but one of them.', zh: '请只保留其中一个。' },
  },
  cycle: {
    text: { en: 'These nodes wait for each other: {names}.', zh: '这些节点互相等待：{names}。' },
    fix: { en: 'Remove one connection of the circle.', zh: '请删除环路中的一个连接。' },
  },
  'wire-closes-circle': {
    text: {
      en: '{from} already needs {to}: this connection would close a circle.',
      zh: '{from} 已依赖 {to}：此连接会形成环路。',
    },
    fix: { en: 'Connect a node that does not need {to}.', zh: '请连接不依赖 {to} 的节点。' },
  },
  'wire-refused': {
    text: {
      en: '{from} gives {given}, and {to} takes {wanted} there.',
      zh: '{from} 输出 {given}，而 {to} 在此处接受 {wanted}。',
    },
    fix: {
      en: 'Connect an output of the kind {wanted}, or put a node in between that makes one.',
      zh: '请连接类型为 {wanted} 的输出，或在中间插入能生成它的节点。',
    },
  },
  'node-does-not-fit': {
    text: { en: 'That node does not fit into this wire.', zh: '该节点无法插入这条连线。' },
    fix: { en: 'Choose a node that takes and gives the same kind.', zh: '请选择输入和输出类型与之相同的节点。' },
  },
  'input-missing': {
    text: {
      en: '{name} needs something at its input {port}: {wanted}.',
      zh: '{name} 的输入 {port} 需要连接：{wanted}。',
    },
    fix: { en: 'Connect an output of that kind.', zh: '请连接该类型的输出。' },
  },
};

const param: Readonly<Record<string, ProblemText>> = {
  'param-too-small': {
    text: { en: '{param} is {value}, below {limit}.', zh: '{param} 为 {value}，低于 {limit}。' },
    fix: { en: 'Use {limit} or more.', zh: '请使用不小于 {limit} 的值。' },
  },
  'param-not-above': {
    text: { en: '{param} is {value} and must be above {limit}.', zh: '{param} 为 {value}，必须大于 {limit}。' },
    fix: { en: 'Use a number above {limit}.', zh: '请使用大于 {limit} 的值。' },
  },
  'param-too-large': {
    text: { en: '{param} is {value}, above {limit}.', zh: '{param} 为 {value}，高于 {limit}。' },
    fix: { en: 'Use {limit} or less.', zh: '请使用不大于 {limit} 的值。' },
  },
  'param-not-below': {
    text: { en: '{param} is {value} and must be below {limit}.', zh: '{param} 为 {value}，必须小于 {limit}。' },
    fix: { en: 'Use a number below {limit}.', zh: '请使用小于 {limit} 的值。' },
  },
  'param-too-long': {
    text: { en: '{param} has more than {limit} characters.', zh: '{param} 超过 {limit} 个字符。' },
    fix: { en: 'Shorten it.', zh: '请缩短。' },
  },
  'param-not-an-option': {
    text: { en: '{param} cannot be {value}.', zh: '{param} 不能是 {value}。' },
    fix: { en: 'Use one of: {options}.', zh: '请使用以下之一：{options}。' },
  },
  'param-wrong-type': {
    text: { en: '{param} is {value}; expected: {expected}.', zh: '{param} 为 {value}；应为：{expected}。' },
    fix: { en: 'Correct the value.', zh: '请修正该值。' },
  },
  'param-not-in-form': {
    text: {
      en: '{param} cannot be "{value}": it does not follow the form {form}.',
      zh: '{param} 不能是 "{value}"：不符合格式 {form}。',
    },
    fix: { en: 'Correct the value.', zh: '请修正该值。' },
  },
  'param-unknown': {
    text: { en: 'There is no setting {param}.', zh: '没有参数 {param}。' },
    fix: { en: 'Did you mean: {near}?', zh: '您是指：{near}？' },
  },
  'param-unknown-here': {
    text: { en: 'There is no setting {param}.', zh: '没有参数 {param}。' },
    fix: { en: 'There are: {known}.', zh: '可用的有：{known}。' },
  },
  'setting-malformed': {
    text: { en: '"{setting}" is not a setting.', zh: '"{setting}" 不是有效的设置。' },
    fix: {
      en: 'Write it as node.param=value, for example train.epochs=3.',
      zh: '请写成 节点.参数=值，例如 train.epochs=3。',
    },
  },
  'setting-unreadable': {
    text: {
      en: '{param} cannot be "{value}"; expected: {expected}.',
      zh: '{param} 不能是 "{value}"；应为：{expected}。',
    },
    fix: { en: 'Correct the value.', zh: '请修正该值。' },
  },
};

const editing: Readonly<Record<string, ProblemText>> = {
  'clip-foreign': {
    text: { en: 'The clipboard holds no nodes.', zh: '剪贴板中没有节点。' },
    fix: { en: 'Copy nodes of a pipeline first.', zh: '请先复制流程中的节点。' },
  },
  'clip-damaged': {
    text: {
      en: 'The nodes on the clipboard are damaged at {place}. Nothing was pasted.',
      zh: '剪贴板中的节点在 {place} 处已损坏。未粘贴任何内容。',
    },
    fix: { en: 'Copy them again.', zh: '请重新复制。' },
  },
  'clip-newer': {
    text: {
      en: 'The nodes on the clipboard come from a newer Modelyard.',
      zh: '剪贴板中的节点来自更新版本的 Modelyard。',
    },
    fix: { en: 'Update Modelyard. Nothing was pasted.', zh: '请更新 Modelyard。未粘贴任何内容。' },
  },
  'clip-too-large': {
    text: {
      en: 'The clipboard holds too much ({megabytes} MB); at most {nodes} nodes can be pasted at once.',
      zh: '剪贴板内容过多（{megabytes} MB）；一次最多可粘贴 {nodes} 个节点。',
    },
    fix: { en: 'Copy fewer nodes.', zh: '请减少复制的节点数。' },
  },
  'layout-too-large': {
    text: {
      en: '{nodes} nodes are too many to lay out at once; {limit} can be.',
      zh: '无法一次整理 {nodes} 个节点，最多 {limit} 个。',
    },
    fix: { en: 'Select some of them and lay those out.', zh: '请选择其中一部分再整理。' },
  },
};

export const documentProblems: Readonly<Record<string, ProblemText>> = {
  ...file,
  ...node,
  ...wiring,
  ...param,
  ...editing,
};
