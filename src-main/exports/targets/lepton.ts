import { targetForms } from '../../../src-shared/nodes/deploy/target-params';
import { fail, type Problem, problem } from '../../../src-shared/problem';
import { missingSecrets } from './check-config';
import { defineTarget, type Settings } from './define-target';
import { isSafeUrl } from './lepton-api';
import { deleteSteps, endpointSteps, stopSteps, tokenOf } from './lepton-endpoint';
import {
  endpointName,
  type LeptonConfig,
  namePattern,
  tokenCommand,
  workspaceOf,
  workspaceVariables,
} from './lepton-spec';
import { checkWorkspace, connectStep, uploadSteps } from './lepton-storage';
import { hostsOf } from './secret-uses';

/** NVIDIA DGX Cloud Lepton: the bundle on the workspace's storage, served by its own server in a plain Node image. */
export const lepton = defineTarget({
  name: 'lepton',
  title: targetForms.lepton.label,
  summary: {
    en: 'Uploads the bundle to the workspace and serves it as an endpoint that asks for a token.',
    zh: '将导出包上传到工作区，并作为需要令牌的端点提供服务。',
  },
  params: targetForms.lepton.params,
  leaves: true,
  variables: ({ workspaceToken, endpointToken }) => [...workspaceVariables, workspaceToken, endpointToken],
  hosts: ({ config, env }) => hostsOf(workspaceOf(config, env).url),
  validate: ({ config, env }) => {
    const { url } = workspaceOf(config, env);
    const needsId = config.url === '' && env('LEPTON_WORKSPACE_URL') === undefined;
    return [
      ...missingSecrets([...(needsId ? ['LEPTON_WORKSPACE_ID'] : []), config.workspaceToken], env),
      ...(isSafeUrl(url) ? [] : [problem('deploy-url-invalid', { setting: 'url' }, { param: 'url' })]),
      ...nameProblems(config),
      ...(['image', 'resourceShape', 'storage', 'mountFrom'] as const)
        .filter((setting) => config[setting].trim() === '')
        .map((setting) => problem('deploy-setting-missing', { setting }, { param: setting })),
    ];
  },
  test: (name, settings, context) => checkWorkspace(context, deploymentOf(name, settings)),
  plan: (bundle, settings) => {
    const deployment = deploymentOf(bundle.name, settings);
    return [connectStep(deployment), ...uploadSteps(bundle, deployment), ...endpointSteps(bundle, deployment)];
  },
  place: (bundle, settings, state) => {
    const { name, workspace, config } = deploymentOf(bundle.name, settings);
    const endpoint = state.fact('endpoint');
    const location = `${workspace.url}/deployments/${name}`;
    if (endpoint === undefined) return { location };
    const path = `${endpoint}/v1/models/${encodeURIComponent(bundle.name)}:predict`;
    const variable = config.endpointToken;
    const own =
      settings.env(variable) === undefined ? [`export ${variable}="$(${tokenCommand(workspace, name)})"`] : [];
    const body = JSON.stringify({ instances: bundle.samples.rows.slice(0, 1) });
    const short = body.length > 400 ? '{"instances": […]}' : body.replaceAll("'", "'\\''");
    const curl = `curl -H "Authorization: Bearer $${variable}" -d '${short}' '${path}'`;
    return { location, endpoint, example: [...own, curl].join('\n') };
  },
  trial: (bundle, settings, context) => {
    const deployment = deploymentOf(bundle.name, settings);
    const url = `${context.state.fact('endpoint') ?? ''}/v1/models/${encodeURIComponent(bundle.name)}:predict`;
    if (!isSafeUrl(url)) fail('deploy-no-endpoint', { name: deployment.name });
    return { url, headers: { authorization: `Bearer ${tokenOf(context, deployment)}` } };
  },
  actions: {
    stop: (name, settings) => stopSteps(deploymentOf(name, settings)),
    delete: (name, settings) => deleteSteps(deploymentOf(name, settings)),
  },
});

function deploymentOf(bundleName: string, { config, env }: Settings<typeof targetForms.lepton.params>) {
  return { name: endpointName(config, bundleName), config, workspace: workspaceOf(config, env) };
}

function nameProblems({ endpoint }: LeptonConfig): Problem[] {
  if (endpoint === '' || namePattern.test(endpoint)) return [];
  const rule = 'a–z, 0–9, -';
  return [problem('deploy-setting-invalid', { setting: 'endpoint', value: endpoint, rule }, { param: 'endpoint' })];
}
