import type { Language, Text } from '../../src-shared/text';

/** Every sentence of the command line. `{name}` is filled in. */
const texts = {
  about: {
    en: 'Run, check, export and deploy pipelines of data and models',
    zh: '运行、检查、导出和部署数据与模型的流程',
  },
  aboutRun: { en: 'run a pipeline; what has not changed is not run again', zh: '运行流程；未改变的部分不会重新运行' },
  aboutCheck: { en: 'say what is wrong with a pipeline, without running it', zh: '检查流程中的问题，但不运行' },
  aboutPlan: { en: 'say what would run, why, and how long it would take', zh: '说明将运行什么、原因以及所需时间' },
  aboutQueue: { en: 'line runs up; they outlive every process', zh: '排队运行；即使所有进程终止也不会丢失' },
  aboutQueueAdd: { en: 'put a run at the end of the line', zh: '将运行加入队尾' },
  aboutQueueList: { en: 'list what waits, runs and is over', zh: '列出等待、运行和已结束的运行' },
  aboutQueueRemove: { en: 'take a run out of the line, or stop it', zh: '移出队列，或停止运行' },
  aboutQueueMove: { en: 'give a run that waits another place, from 1', zh: '调整等待中运行的位置（从 1 开始）' },
  aboutQueueClear: { en: 'take out everything that waits', zh: '移出所有等待的运行' },
  aboutQueueWork: { en: 'run what waits, one after another', zh: '依次运行等待的内容' },
  queueAdded: { en: 'Run {id} waits.', zh: '运行 {id} 已排队。' },
  queueEmpty: { en: 'The queue is empty.', zh: '队列为空。' },
  queueBegins: { en: 'Run {id}: {name}', zh: '运行 {id}：{name}' },
  queueEnds: { en: 'Run {id}: {state}', zh: '运行 {id}：{state}' },
  queueNumber: { en: 'run', zh: '运行' },
  queueName: { en: 'pipeline', zh: '流程' },
  queueAt: { en: 'enqueued', zh: '入队时间' },
  entryWaiting: { en: 'waiting', zh: '等待中' },
  entryRunning: { en: 'running', zh: '运行中' },
  entryDone: { en: 'done', zh: '已完成' },
  entryFailed: { en: 'failed', zh: '失败' },
  entryCancelled: { en: 'cancelled', zh: '已取消' },
  entryReleased: { en: 'waiting again', zh: '重新等待' },
  aboutNodes: { en: 'list every kind of node, or tell all of one', zh: '列出所有节点类型，或说明其中一种' },
  aboutDoctor: { en: 'say what this machine offers and what is missing', zh: '说明本机具备什么、缺少什么' },
  aboutExport: { en: 'run what is needed and write a verified bundle', zh: '运行所需步骤并写出经过验证的导出包' },
  aboutWeb: { en: 'serve the window to a browser on this machine', zh: '在本机的浏览器中打开窗口' },
  aboutServe: { en: 'serve a bundle, or the model of a pipeline', zh: '提供导出包或流程中模型的服务' },
  aboutDeploy: { en: 'send a verified bundle to a cloud', zh: '将经过验证的导出包部署到云端' },
  optionSet: { en: 'change a parameter for this run: node.param=value', zh: '仅为本次运行更改参数：node.param=value' },
  optionTo: { en: 'run only what this node needs', zh: '只运行该节点所需的步骤' },
  optionAllowSecret: {
    en: 'let this run send a secret to a host: name@host',
    zh: '允许本次运行将密钥发送到主机：name@host',
  },
  optionJson: { en: 'one JSON object a line and nothing else', zh: '每行输出一个 JSON 对象，不输出其他内容' },
  optionStore: { en: 'folder of results', zh: '存放结果的文件夹' },
  optionNoCache: { en: 'run everything again', zh: '全部重新运行' },
  optionDevice: { en: 'where to compute: auto, cpu or gpu', zh: '计算设备：auto、cpu 或 gpu' },
  optionLang: { en: 'language: en or zh', zh: '语言：en 或 zh' },
  optionToFolder: { en: 'folder to write the bundle to', zh: '写入导出包的文件夹' },
  optionNode: { en: 'the node whose model is exported', zh: '要导出其模型的节点' },
  optionPort: { en: 'port to listen on', zh: '监听的端口' },
  optionTarget: { en: 'where to: folder, s3, lepton …', zh: '部署目标：folder、s3、lepton …' },
  optionConfig: { en: 'a setting of the target: name=value', zh: '目标的设置：name=value' },
  optionBundle: { en: 'folder of the bundle to make or to use again', zh: '生成或重用的导出包文件夹' },
  optionDryRun: { en: 'show the plan and send nothing', zh: '只显示计划，不发送任何内容' },
  optionStop: { en: 'stop what was deployed', zh: '停止已部署的内容' },
  optionDelete: { en: 'delete what was deployed', zh: '删除已部署的内容' },
  deployPlan: {
    en: 'Plan for “{target}” ({bytes}), {count} in all:',
    zh: '“{target}”的计划（{bytes}），共 {count} 步：',
  },
  deployLeaves: { en: 'up to {size} to {hosts}', zh: '最多 {size} 发送到 {hosts}' },
  deployStays: { en: 'nothing leaves this machine', zh: '没有内容离开本机' },
  deployNothing: {
    en: 'Everything was there already: nothing was sent.',
    zh: '一切均已就绪：没有发送任何内容。',
  },
  deployDone: { en: 'Deployed; {size} moved.', zh: '部署完成；传输了 {size}。' },
  deployActed: { en: 'Done.', zh: '完成。' },
  deployStopped: { en: 'Stopped. Deploy again to go on from here.', zh: '已停止。重新部署将从此处继续。' },
  deployAt: { en: 'At: {location}', zh: '位置：{location}' },
  deployEndpoint: { en: 'Endpoint: {endpoint}', zh: '端点：{endpoint}' },
  deployTry: { en: 'Try it:', zh: '试一试：' },
  fixIs: { en: '  → {fix}', zh: '  → {fix}' },
  noProblems: {
    en: 'No problems. {nodes} nodes, {edges} connections.',
    zh: '没有问题。{nodes} 个节点，{edges} 条连线。',
  },
  comma: { en: ', ', zh: '，' },
  plan: { en: 'Plan: {parts}', zh: '计划：{parts}' },
  planRun: { en: '{count} to run', zh: '{count} 个待运行' },
  planCached: { en: '{count} cached', zh: '{count} 个已缓存' },
  planBlocked: { en: '{count} blocked', zh: '{count} 个受阻' },
  planAbout: { en: 'about {time}', zh: '约 {time}' },
  planAtLeast: { en: 'at least {time}', zh: '至少 {time}' },
  nothingRan: {
    en: 'Nothing has changed since the last run, so nothing ran.',
    zh: '自上次运行以来没有任何改变，因此没有运行任何步骤。',
  },
  backend: { en: 'Runs on {backend}', zh: '运行于 {backend}' },
  stateRun: { en: 'run', zh: '运行' },
  stateCached: { en: 'cached', zh: '已缓存' },
  stateTraced: { en: 'traced', zh: '已推导' },
  stateBlocked: { en: 'blocked', zh: '受阻' },
  stateOff: { en: 'off', zh: '停用' },
  done: { en: 'done', zh: '完成' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'stopped', zh: '已停止' },
  skipped: { en: 'skipped', zh: '已跳过' },
  cached: { en: 'cached', zh: '已缓存' },
  runDone: { en: 'Done in {time}.', zh: '完成，用时 {time}。' },
  runFailed: { en: 'Failed after {time}.', zh: '失败，用时 {time}。' },
  runCancelled: { en: 'Stopped after {time}.', zh: '已停止，用时 {time}。' },
  stopping: {
    en: 'Stopping… (Ctrl+C again stops at once)',
    zh: '正在停止……（再次按 Ctrl+C 将立即停止）',
  },
  epoch: { en: 'epoch {epoch}/{epochs}', zh: '第 {epoch}/{epochs} 轮' },
  resumed: {
    en: 'goes on after epoch {epoch}, where the last run stopped',
    zh: '从上次运行停止的第 {epoch} 轮之后继续',
  },
  fold: { en: 'fold {fold}/{folds}', zh: '第 {fold}/{folds} 折' },
  left: { en: '{time} left', zh: '剩余 {time}' },
  rows: { en: '{count} rows', zh: '{count} 行' },
  columns: { en: '{count} columns', zh: '{count} 列' },
  parameters: { en: '{count} parameters', zh: '{count} 个参数' },
  classes: { en: '{count} classes', zh: '{count} 个类别' },
  reportTitle: { en: '{node}: {rows} {split} rows', zh: '{node}：{rows} 行（{split}）' },
  crossTitle: { en: '{node}: {folds} folds, mean ± deviation', zh: '{node}：{folds} 折，均值 ± 标准差' },
  splitTrain: { en: 'training', zh: '训练' },
  splitValidation: { en: 'validation', zh: '验证' },
  splitTest: { en: 'test', zh: '测试' },
  class: { en: 'class', zh: '类别' },
  confusion: { en: 'Confusion (rows: true class, columns: predicted)', zh: '混淆矩阵（行：真实类别，列：预测类别）' },
  parityTitle: {
    en: 'The bundle against the app, on {rows} held-out rows (allowed {tolerance}):',
    zh: '导出包与应用在 {rows} 行留出数据上的比较（允许误差 {tolerance}）：',
  },
  parityFormat: { en: 'format', zh: '格式' },
  parityRuntime: { en: 'runtime', zh: '运行时' },
  parityDifference: { en: 'largest difference', zh: '最大差异' },
  parityClasses: { en: 'other classes', zh: '类别变化' },
  paritySize: { en: 'size', zh: '大小' },
  parityTime: { en: 'time', zh: '用时' },
  bundleAt: { en: 'Bundle: {path} ({size})', zh: '导出包：{path}（{size}）' },
  serving: { en: 'Serving {path}. Stop with Ctrl+C.', zh: '正在提供 {path} 的服务。按 Ctrl+C 停止。' },
  webAt: { en: 'Modelyard is at {url}', zh: 'Modelyard 地址：{url}' },
  webStop: {
    en: 'Only this machine can open it, and only with the whole address. Stop with Ctrl+C.',
    zh: '只有本机可以打开，且需要完整地址。按 Ctrl+C 停止。',
  },
  inputs: { en: 'Inputs', zh: '输入' },
  outputs: { en: 'Outputs', zh: '输出' },
  params: { en: 'Parameters (name, default, values)', zh: '参数（名称、默认值、可取的值）' },
  optional: { en: 'optional', zh: '可选' },
  many: { en: 'any number', zh: '任意多个' },
  sameAs: { en: 'what comes in at {port}', zh: '与输入 {port} 相同' },
  tableNode: { en: 'node', zh: '节点' },
  tableState: { en: 'state', zh: '状态' },
  tableReason: { en: 'because', zh: '原因' },
  tableEstimate: { en: 'estimate', zh: '估计' },
  unexpected: { en: 'Something went wrong inside Modelyard: {message}', zh: 'Modelyard 内部出错：{message}' },
} as const satisfies Record<string, Text>;

export type MessageName = keyof typeof texts;
export interface Say {
  (name: MessageName, values?: Readonly<Record<string, string | number>>): string;
  readonly language: Language;
}

/** Sentences in one language. */
export function speak(language: Language): Say {
  const say = (name: MessageName, values: Readonly<Record<string, string | number>> = {}) =>
    texts[name][language].replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
  return Object.assign(say, { language });
}

/** `--lang`, else the environment's `LANG`: Chinese where it says so, English otherwise. */
export function chooseLanguage(asked: string | undefined, env: NodeJS.ProcessEnv): Language {
  const wish = asked ?? env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? '';
  return /^zh/i.test(wish) ? 'zh' : 'en';
}
