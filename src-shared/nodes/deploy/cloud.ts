import { problem } from '../../problem';
import { variant } from '../../types/params';
import { defineNode } from '../define-node';
import { isVariableName, targetForms } from './target-params';

/** Sends a verified bundle to a folder, a store or a cloud. */
export const cloud = defineNode({
  kind: 'deploy.cloud',
  title: { en: 'Deploy', zh: '部署' },
  summary: {
    en: 'Sends an exported model to a folder, an S3-compatible store or NVIDIA DGX Cloud Lepton.',
    zh: '将导出的模型发送到文件夹、S3 兼容存储或 NVIDIA DGX Cloud Lepton。',
  },
  docs: {
    en: 'Sends only what an export has proven, only when it runs, and asks nothing: a pipeline without this node sends nothing. What is there already is not sent again, and an interrupted deployment goes on where it stopped. Secrets are read from environment variables; the document holds their names alone.',
    zh: '只发送经导出验证的内容，只在运行时发送，且不会再次询问：没有此节点的流程不会发送任何内容。已存在的内容不会重复发送，中断的部署会从中断处继续。密钥从环境变量读取；文档中只有变量名。',
  },
  version: 1,
  inputs: { artifact: { type: 'artifact' } },
  outputs: { artifact: { type: 'artifact' } },
  params: {
    target: variant({
      label: { en: 'Target', zh: '目标' },
      variants: targetForms,
      default: 'folder',
    }),
  },
  writesOutside: true,
  deploys: ({ target: { type, ...config } }) => ({ target: type, config }),
  infer: (_inputs, { target }) => ({
    outputs: { artifact: { type: 'artifact' } },
    problems: secretsIn(target)
      .filter(([, value]) => !isVariableName(value))
      .map(([setting]) => problem('deploy-secret-name', { setting }, { param: `target.${setting}` })),
  }),
  execute: async ({ artifact }, { target }, ctx) => {
    const { type, ...settings } = target;
    const folders = paramsOf(type, 'folder');
    // Folders of a document are relative to it.
    const config = Object.entries(settings).map(([name, value]) => {
      return [name, folders.includes(name) ? ctx.files.resolve(String(value)) : value];
    });
    return { artifact: await ctx.exports.deploy(artifact, type, Object.fromEntries(config)) };
  },
  estimate: () => ({ seconds: 20 }),
});

type Target = { readonly type: keyof typeof targetForms };

function paramsOf(target: Target['type'], type: 'folder' | 'secret'): string[] {
  return Object.entries(targetForms[target].params).flatMap(([name, param]) => (param.type === type ? [name] : []));
}

function secretsIn(target: Target): [string, unknown][] {
  const names = paramsOf(target.type, 'secret');
  return Object.entries(target).filter(([name]) => names.includes(name));
}
