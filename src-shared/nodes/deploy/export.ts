import { type Problem, problem } from '../../problem';
import { folder, text } from '../../types/params';
import { defineNode } from '../define-node';

/** Writes a trained model as a bundle that others can run, and proves that it predicts the same. */
export const exportModel = defineNode({
  kind: 'deploy.export',
  title: { en: 'Export', zh: '导出' },
  summary: {
    en: 'Writes the model as SavedModel, ONNX, tfjs and a server, runs each of them and compares the predictions.',
    zh: '把模型写成 SavedModel、ONNX、tfjs 和一个服务器，逐一运行并比较预测结果。',
  },
  docs: {
    en: 'The preparation of the data is part of every format: raw columns go in. Each format is loaded by its own runtime in a clean process and given up to 1,000 held-out rows; a difference fails the export and leaves what was in the folder. The same model exported twice gives the same bytes. `node server.mjs` in the folder serves the model with nothing to install.',
    zh: '数据准备是每种格式的一部分：输入的是原始列。每种格式都在干净的进程中由其自身的运行时加载，并用最多 1,000 行留出数据检验；只要有差异，导出即失败，文件夹保持原样。同一模型导出两次得到相同的字节。在该文件夹中运行 `node server.mjs` 即可提供服务，无需安装任何东西。',
  },
  version: 1,
  inputs: { model: { type: 'model' }, reports: { type: 'report', many: true, optional: true } },
  outputs: { artifact: { type: 'artifact' } },
  params: {
    to: folder({
      label: { en: 'Folder', zh: '文件夹' },
      help: {
        en: 'Relative to the document. An older export there is replaced.',
        zh: '相对于文档。其中较早的导出会被替换。',
      },
      default: 'export',
    }),
    name: text({
      label: { en: 'Name', zh: '名称' },
      help: { en: 'What requests call the model.', zh: '请求中使用的模型名称。' },
      default: 'model',
      maxLength: 100,
    }),
  },
  writesOutside: true,
  infer: (_inputs, { to, name }) => {
    const problems = [
      nameProblem(name),
      to.trim() === '' ? problem('export-folder-missing', {}, { param: 'to' }) : undefined,
    ];
    return { outputs: { artifact: { type: 'artifact' } }, problems: problems.filter((found) => found !== undefined) };
  },
  execute: async ({ model, reports }, { to, name }, ctx) => {
    const lineage = { dataset: model.trainedOn.hash };
    const artifact = await ctx.exports.bundle(model, {
      to: ctx.files.resolve(to),
      name,
      reports: reports ?? [],
      lineage,
    });
    return { artifact };
  },
  estimate: () => ({ seconds: 8, bytes: 500_000_000, disk: 5_000_000 }),
});

/** The name stands in URLs and in file names of clouds. */
function nameProblem(name: string): Problem | undefined {
  return /^[A-Za-z0-9][\w.-]*$/.test(name) ? undefined : problem('export-name-missing', { name }, { param: 'name' });
}
