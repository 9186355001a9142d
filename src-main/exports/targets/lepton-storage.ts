import { basename, dirname } from 'node:path/posix';
import { fail } from '../../../src-shared/problem';
import { hashContent } from '../../files/content-hash';
import type { Step, StepContext } from './define-target';
import { askWorkspace, deploymentSchema, jsonOf, type Workspace, workspaceSchema } from './lepton-api';
import { bundleFolder, isOurs, type LeptonConfig } from './lepton-spec';
import { readVerified, shortHash, type VerifiedBundle } from './verified-bundle';

/** One endpoint in one workspace. */
export interface LeptonDeployment {
  readonly name: string;
  readonly config: LeptonConfig;
  readonly workspace: Workspace;
}

/** Tries the credentials and makes sure that the endpoint's name is free or ours, before anything is sent. */
export function connectStep(deployment: LeptonDeployment): Step {
  const { name, workspace } = deployment;
  const { host } = new URL(workspace.url);
  return {
    id: `connect ${workspace.url} ${name}`,
    does: { en: `Check the workspace at ${host}`, zh: `检查 ${host} 上的工作区` },
    isDone: async () => false,
    run: (context) => checkWorkspace(context, deployment),
  };
}

/** Whether the workspace takes the credentials, works, and has the name free or ours. */
export async function checkWorkspace(context: StepContext, { name, workspace }: LeptonDeployment): Promise<void> {
  const answer = await askWorkspace(context, workspace, { method: 'GET', path: '/workspace' });
  const { workspace_state: state = 'normal' } = jsonOf(answer, workspaceSchema);
  if (state !== 'normal') fail('deploy-workspace-unusable', { host: new URL(workspace.url).host, state });
  const found = await findDeployment(context, { name, workspace });
  if (found && !isOurs(found)) fail('deploy-endpoint-taken', { name }, { param: 'endpoint' });
}

/** The endpoint as the workspace has it; undefined where there is none. */
export async function findDeployment(
  context: StepContext,
  { name, workspace }: Pick<LeptonDeployment, 'name' | 'workspace'>,
) {
  const path = `/deployments/${encodeURIComponent(name)}`;
  const answer = await askWorkspace(context, workspace, { method: 'GET', path, accept: [404] });
  return answer.status === 404 ? undefined : jsonOf(answer, deploymentSchema);
}

/** The folders, then every file, under the bundle's hash: a path holds one content for ever. */
export function uploadSteps(bundle: VerifiedBundle, deployment: LeptonDeployment): Step[] {
  const root = bundleFolder(deployment.name, bundle);
  const folders = new Set(bundle.files.flatMap(({ path }) => parents(`${root}/${path}`)));
  return [
    ...[...folders].sort().map((folder) => folderStep(folder, deployment)),
    ...bundle.files.map((file) => fileStep(bundle, { ...deployment, root, file })),
  ];
}

function parents(path: string): string[] {
  const parent = dirname(path);
  return parent === '.' ? [] : [...parents(parent), parent];
}

export function storagePath({ storage }: LeptonConfig, path: string): string {
  return `/storage/${[storage, ...path.split('/')].map(encodeURIComponent).join('/')}`;
}

function folderStep(folder: string, { config, workspace }: LeptonDeployment): Step {
  const path = storagePath(config, folder);
  return {
    id: `folder ${config.storage}/${folder}`,
    does: { en: `Make the folder ${folder}`, zh: `创建文件夹 ${folder}` },
    isDone: async (context) => exists(context, workspace, path),
    run: async (context) => {
      // 409: another deployment was quicker.
      await askWorkspace(context, workspace, { method: 'PUT', path, accept: [409] });
    },
  };
}

async function exists(context: StepContext, workspace: Workspace, path: string): Promise<boolean> {
  const { status } = await askWorkspace(context, workspace, { method: 'HEAD', path, accept: [404] });
  return status !== 404;
}

interface Upload extends LeptonDeployment {
  readonly root: string;
  readonly file: VerifiedBundle['files'][number];
}

function fileStep(bundle: VerifiedBundle, { root, file, config, workspace }: Upload): Step {
  const path = storagePath(config, `${root}/${file.path}`);
  const id = `file ${config.storage}/${root}/${file.path} ${file.sha256.slice(0, 16)}`;
  return {
    id,
    does: {
      en: `Upload ${file.path} of bundle ${shortHash(bundle)}`,
      zh: `上传导出包 ${shortHash(bundle)} 的 ${file.path}`,
    },
    transfer: { bytes: file.bytes, to: new URL(workspace.url).host, leaves: true },
    isDone: async (context) => {
      if (!(await exists(context, workspace, path))) return false;
      // A path that is there but not noted may hold half a file: its content decides.
      return context.state.isDone(id) || (await holds(context, workspace, { path, sha256: file.sha256 }));
    },
    run: async (context) => {
      const content = await readVerified(context.fs, bundle, file);
      const form = () => {
        const data = new FormData();
        // The copy's buffer is its own, as Blob's type asks.
        data.set('file', new Blob([new Uint8Array(content)]), basename(file.path));
        return data;
      };
      await askWorkspace(context, workspace, { method: 'POST', path, form });
      context.onProgress({ done: file.bytes, total: file.bytes, unit: 'bytes', message: file.path });
    },
  };
}

async function holds(
  context: StepContext,
  workspace: Workspace,
  { path, sha256 }: { readonly path: string; readonly sha256: string },
): Promise<boolean> {
  const { status, body } = await askWorkspace(context, workspace, { method: 'GET', path, accept: [404] });
  return status !== 404 && hashContent(body) === `sha256:${sha256}`;
}
