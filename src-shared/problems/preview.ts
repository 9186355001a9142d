import type { ProblemText } from './problem-text';

/** Why there is nothing to look at, and why engines do not answer. */
export const previewProblems: Readonly<Record<string, ProblemText>> = {
  'preview-needs-run': {
    text: { en: '“{name}” has no result yet.', zh: '“{name}”还没有结果。' },
    fix: { en: 'Run the pipeline to see this.', zh: '运行流程后即可查看。' },
  },
  'preview-not-kept': {
    text: {
      en: 'The result of “{name}” is no longer kept: the store needed the room.',
      zh: '“{name}”的结果已不再保留：存储空间不足时被清理。',
    },
    fix: { en: 'Run the pipeline to make it again.', zh: '重新运行流程即可再次生成。' },
  },
  'preview-not-connected': {
    text: { en: '“{name}” has nothing to show yet.', zh: '“{name}”还没有可显示的内容。' },
    fix: {
      en: 'Connect its inputs and mend the problems before it.',
      zh: '请连接其输入，并解决它之前的问题。',
    },
  },
  'preview-of-layers': {
    text: {
      en: 'A layer holds no rows: its shape and its parameters stand on the wire.',
      zh: '层不包含数据行：其形状和参数显示在连线上。',
    },
  },
  'preview-of-plan': {
    text: {
      en: 'This is a model that is not trained yet, with how to train it.',
      zh: '这是尚未训练的模型及其训练方式。',
    },
    fix: { en: 'Connect it to a node that trains it.', zh: '请把它连接到训练它的节点。' },
  },
  'preview-node-missing': {
    text: { en: 'The document has no output {port} at this node.', zh: '文档中该节点没有输出 {port}。' },
  },
  'preview-cannot-sort': {
    text: { en: 'Rows cannot be sorted by “{column}”.', zh: '无法按“{column}”排序。' },
    fix: { en: 'Choose a column of numbers or texts.', zh: '请选择数值列或文本列。' },
  },
  'examples-not-kept': {
    text: {
      en: 'The report of “{name}” does not say how each row was judged.',
      zh: '“{name}”的报告未记录每一行的判断结果。',
    },
    fix: { en: 'Run the test again to see its rows.', zh: '请重新运行测试以查看各行。' },
  },
  'request-cancelled': {
    text: { en: 'This was stopped because something newer was asked.', zh: '已停止：有更新的请求。' },
  },
  'plan-runner-remembered': {
    text: {
      en: 'The engine does not start, so the plan is made for the runtime that ran last.',
      zh: '引擎无法启动，因此计划按上次使用的运行时制定。',
    },
    fix: { en: 'Run “modelyard doctor” to see what is missing.', zh: '运行“modelyard doctor”查看缺少什么。' },
  },
  'run-not-found': {
    text: { en: 'The run {run} is no longer kept.', zh: '运行记录 {run} 已不再保留。' },
    fix: { en: 'Choose another run.', zh: '请选择其他运行记录。' },
  },
};
