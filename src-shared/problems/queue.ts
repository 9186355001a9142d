import type { ProblemText } from './problem-text';

/** Of runs that wait in a queue. */
export const queueProblems: Readonly<Record<string, ProblemText>> = {
  'queue-damaged': {
    text: {
      en: 'Lines of the run queue are damaged ({lines}); runs that they named are not in it.',
      zh: '运行队列中有损坏的行（{lines} 行）；这些行所列的运行不在队列中。',
    },
    fix: {
      en: 'Compare the list with what you enqueued, and add what is missing.',
      zh: '请核对队列并补加缺少的运行。',
    },
  },
  'queue-no-entry': {
    text: { en: 'The queue has no run {id}.', zh: '队列中没有运行 {id}。' },
    fix: { en: 'List the queue to see its numbers.', zh: '请列出队列以查看编号。' },
  },
  'queue-not-waiting': {
    text: { en: 'The run {id} does not wait any more.', zh: '运行 {id} 已不在等待。' },
    fix: { en: 'Only runs that wait have a place in the line.', zh: '只有等待中的运行才能调整顺序。' },
  },
  'queue-place-invalid': {
    text: { en: '“{place}” is no place in the line.', zh: '“{place}”不是有效的队列位置。' },
    fix: { en: 'Give a whole number from 1.', zh: '请输入从 1 开始的整数。' },
  },
  'queue-document-lost': {
    text: {
      en: 'The document of “{name}” as it was enqueued is gone or damaged.',
      zh: '“{name}”入队时的文档已丢失或损坏。',
    },
    fix: { en: 'Add the run to the queue again.', zh: '请重新加入队列。' },
  },
  'queue-gave-up': {
    text: {
      en: '“{name}” was begun {times} times, and each time its process was killed.',
      zh: '“{name}”已启动 {times} 次，每次其进程都被终止。',
    },
    fix: {
      en: 'Run it by itself and look at memory and the log; then add it again.',
      zh: '请单独运行并检查内存和日志，然后重新加入队列。',
    },
  },
};
