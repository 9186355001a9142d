import { fill } from '../problems/sentences';
import type { Language, Text } from '../text';
import type { Reason } from './run-event';

const reasons: Readonly<Record<Reason['code'], Text>> = {
  'first-run': { en: 'has not run yet', zh: '尚未运行过' },
  'param-changed': { en: '`{param}` changed {before} → {now}', zh: '`{param}` 已更改：{before} → {now}' },
  'input-changes': { en: 'what {from} gives changes', zh: '{from} 的输出会改变' },
  'file-changed': { en: 'the file of `{param}` changed on disk', zh: '`{param}` 的文件在磁盘上已更改' },
  'code-changed': { en: 'this version of Modelyard computes it anew', zh: '此版本的 Modelyard 需要重新计算' },
  'runner-changed': { en: 'another runtime runs it', zh: '运行时已更换' },
  'seed-changed': { en: 'the seed changed', zh: '随机种子已更改' },
  'same-inputs': { en: 'nothing it depends on changed', zh: '其依赖均未改变' },
  'not-kept': { en: 'its result is no longer kept', zh: '其结果已不再保存' },
  'not-finished': { en: 'did not finish the last time', zh: '上次没有完成' },
  'not-needed': { en: 'nothing needs it again', zh: '无需再次运行' },
  'no-cache': { en: 'asked to run everything anew', zh: '要求全部重新运行' },
  'blocked-by': { en: 'waits for {node}', zh: '等待 {node}' },
  problem: { en: 'has a problem', zh: '存在问题' },
  muted: { en: 'is muted', zh: '已停用' },
  bypassed: { en: 'is bypassed', zh: '已旁路' },
  traced: { en: 'known without running', zh: '无需运行即可得知' },
  'not-asked': { en: 'not asked for', zh: '未被要求' },
};

/** Why a step runs or does not, as half a sentence after the node's name. */
export function explainReason({ code, values = {} }: Reason, language: Language): string {
  const text = fill(reasons[code][language], values);
  // A journal of another version may leave a value out; what is known still reads as a sentence.
  return text.replace(/[:：]? ?\{\w+\}(?: → \{\w+\})?/g, '').trim();
}
