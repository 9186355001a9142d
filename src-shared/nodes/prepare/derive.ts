import { choice, text } from '../../types/params';
import { defineNode } from '../define-node';

export const derive = defineNode({
  kind: 'prepare.derive',
  title: { en: 'Derive', zh: '派生列' },
  summary: { en: 'A new column, computed from others', zh: '由其他列计算出新的列' },
  docs: {
    en: 'Computed from the columns of the same row as the source gives them: `distance / (time / 60)`, `ln(income + 1)`, `if(age < 18, 0, fare)`, `delay > 15`. A condition gives 1 and 0, and can be the target of a classification. What cannot be computed, such as a division by 0, is missing. An exported model computes the column itself, from raw rows. Functions: abs, floor, exp, sqrt, ln, least, greatest, if.',
    zh: '由同一行中数据来源的各列计算：`distance / (time / 60)`、`ln(income + 1)`、`if(age < 18, 0, fare)`、`delay > 15`。条件得到 1 和 0，可作为分类的目标。无法计算的值（例如除以 0）视为缺失。导出的模型会从原始行自行计算该列。函数：abs、floor、exp、sqrt、ln、least、greatest、if。',
  },
  version: 1,
  inputs: { table: { type: ['table', 'dataset'] } },
  outputs: { table: { type: { as: 'table' }, traced: true } },
  params: {
    name: text({ label: { en: 'Name', zh: '名称' }, default: 'derived', maxLength: 100 }),
    expression: text({
      label: { en: 'Expression', zh: '表达式' },
      help: { en: 'For example `distance / time`', zh: '例如 `distance / time`' },
      default: '',
      maxLength: 4000,
    }),
    role: choice({
      label: { en: 'Role', zh: '角色' },
      help: { en: 'A later node may make it the target.', zh: '之后的节点可以把它设为目标。' },
      default: 'feature',
      options: [
        { value: 'feature', label: { en: 'Feature', zh: '特征' } },
        { value: 'target', label: { en: 'Target', zh: '目标' } },
        { value: 'ignore', label: { en: 'Ignored', zh: '忽略' } },
      ],
    }),
  },
  step: ({ name, expression, role }) => ({ steps: [{ step: 'derive', params: { name, expression, role } }] }),
});
