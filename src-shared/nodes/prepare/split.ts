import type { Params } from '../../document/document';
import { fail } from '../../problem';
import { deriveSeed } from '../../random';
import { splitProblem } from '../../recipe/split';
import { choice, columns, float, int } from '../../types/params';
import type { Column } from '../../types/ports';
import { defineNode } from '../define-node';

/** The chosen columns become the targets; one that was a target before becomes a feature. */
function targetRoles(columns: readonly Column[], targets: readonly string[]): Record<string, Column['role']> {
  if (targets.length === 0) return {};
  const known = columns.map(({ name }) => name);
  const unknown = targets.find((target) => !known.includes(target));
  if (unknown !== undefined) {
    fail('column-not-found', { column: unknown, columns: known.join(', ') }, { param: 'target' });
  }
  const former = columns.filter(({ name, role }) => role === 'target' && !targets.includes(name));
  return {
    ...Object.fromEntries(former.map(({ name }) => [name, 'feature' as const])),
    ...Object.fromEntries(targets.map((target) => [target, 'target' as const])),
  };
}

/** One target was a text before there could be several. */
function listTarget({ target = '', ...rest }: Params): Params {
  return { ...rest, target: Array.isArray(target) ? target : [target].filter((name) => name !== '') };
}

export const split = defineNode({
  kind: 'prepare.split',
  title: { en: 'Split', zh: '划分数据' },
  summary: {
    en: 'Deals the rows to training, validation and test, and names the target',
    zh: '把数据行分为训练、验证和测试部分，并指定目标列',
  },
  docs: {
    en: 'Test rows are never used to fit anything. Random: rows are dealt by chance. Stratified: every class keeps its share. By source: the split that came with the data. The same seed gives the same split.',
    zh: '测试行从不用于拟合。随机：随机分配各行。分层：每个类别保持其比例。按来源：使用数据自带的划分。相同的种子得到相同的划分。',
  },
  version: 2,
  upgrades: { 2: listTarget },
  inputs: { table: { type: ['table', 'dataset'] } },
  outputs: { dataset: { type: 'dataset', traced: true } },
  usesSeed: true,
  params: {
    by: choice({
      label: { en: 'By', zh: '方式' },
      default: 'random',
      options: [
        { value: 'random', label: { en: 'Random', zh: '随机' } },
        { value: 'stratified', label: { en: 'Stratified by the target', zh: '按目标分层' } },
        { value: 'source', label: { en: 'As the source says', zh: '按数据来源' } },
      ],
    }),
    target: columns({
      label: { en: 'Target', zh: '目标列' },
      help: {
        en: 'The column to predict; several where a model has an output for each.',
        zh: '要预测的列；如果模型为每一列各有一个输出，可以选择多列。',
      },
      default: [],
      emptyMeans: { en: 'What the source names', zh: '数据来源指定的列' },
    }),
    validation: float({
      label: { en: 'Validation share', zh: '验证比例' },
      help: { en: 'Watched while training, never fitted on.', zh: '训练时用于观察，从不用于拟合。' },
      default: 0,
      min: 0,
      max: 1,
      showIf: { param: 'by', in: ['random', 'stratified'] },
    }),
    test: float({
      label: { en: 'Test share', zh: '测试比例' },
      help: { en: 'Kept aside until the end.', zh: '一直保留到最后。' },
      default: 0.2,
      min: 0,
      max: 1,
      showIf: { param: 'by', in: ['random', 'stratified'] },
    }),
    seed: int({
      label: { en: 'Seed', zh: '随机种子' },
      help: { en: 'Another number deals the rows in another way.', zh: '换一个数字会得到另一种划分。' },
      default: 0,
      min: 0,
      showIf: { param: 'by', in: ['random', 'stratified'] },
    }),
  },
  mends: { 'no-target': {} },
  step: ({ by, target, validation, test, seed }, { columns: given, seed: documentSeed = 0 }) => {
    const wrong = splitProblem({ by, validation, test });
    if (wrong) fail(wrong.code, wrong.values, wrong);
    const roles = targetRoles(given, target);
    const chosen = target[0] ?? given.find(({ role }) => role === 'target')?.name;
    if (by === 'stratified' && !chosen) fail('stratified-without-target', {}, { param: 'target' });
    return {
      roles,
      split: {
        by,
        validation,
        test,
        seed: deriveSeed(documentSeed, 'split', seed),
        ...(chosen ? { column: chosen } : {}),
      },
    };
  },
});
