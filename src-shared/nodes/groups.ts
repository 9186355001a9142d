import type { Text } from '../text';

export interface NodeGroup {
  /** First part of the kinds of its nodes. */
  readonly id: string;
  readonly title: Text;
}

/** Groups of nodes in the order of the work, as palette and help show them. */
export const nodeGroups: readonly NodeGroup[] = [
  { id: 'data', title: { en: 'Data', zh: '数据' } },
  { id: 'prepare', title: { en: 'Prepare', zh: '预处理' } },
  { id: 'layer', title: { en: 'Layers', zh: '网络层' } },
  { id: 'train', title: { en: 'Train', zh: '训练' } },
  { id: 'model', title: { en: 'Model', zh: '模型' } },
  { id: 'evaluate', title: { en: 'Evaluate', zh: '评估' } },
  { id: 'deploy', title: { en: 'Deploy', zh: '部署' } },
];

export function groupOf(kind: string): string {
  return kind.split('.')[0] ?? '';
}
