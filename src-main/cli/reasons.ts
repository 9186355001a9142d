import type { Reason } from '../../src-shared/runs/run-event';
import type { Language, Text } from '../../src-shared/text';

/** Why a step runs or does not, in words. */
const reasons: Readonly<Record<Reason['code'], Text>> = {
  'first-run': { en: 'never ran before', zh: '尚未运行过' },
  'param-changed': { en: '“{param}” changed: {before} → {now}', zh: '“{param}”已更改：{before} → {now}' },
  'input-changes': { en: 'its input from “{from}” changes', zh: '来自“{from}”的输入将改变' },
  'file-changed': { en: '“{param}” changed on disk', zh: '“{param}”所指的文件已更改' },
  'code-changed': { en: 'this version of the app computes it anew', zh: '当前版本的应用需重新计算' },
  'runner-changed': { en: 'another runtime computes it now', zh: '现在由另一个运行时计算' },
  'seed-changed': { en: 'the seed changed', zh: '随机种子已更改' },
  'same-inputs': { en: 'nothing changed', zh: '没有改变' },
  'not-kept': { en: 'its result is no longer in the store', zh: '其结果已不在存储中' },
  'not-finished': { en: 'it did not finish the last time', zh: '上次未完成' },
  'not-needed': { en: 'nothing needs it now', zh: '目前不需要' },
  'no-cache': { en: 'you asked to run everything', zh: '已要求全部重新运行' },
  'blocked-by': { en: '“{node}” has a problem', zh: '“{node}”存在问题' },
  problem: { en: 'it has a problem', zh: '存在问题' },
  muted: { en: 'it is switched off', zh: '已停用' },
  bypassed: { en: 'it is bypassed', zh: '已旁路' },
  traced: { en: 'nothing to compute', zh: '无需计算' },
  'not-asked': { en: 'not asked for', zh: '未要求' },
};

export function explainReason({ code, values = {} }: Reason, language: Language): string {
  return reasons[code][language].replace(/\{(\w+)\}/g, (_whole, key: string) => String(values[key] ?? '…'));
}
