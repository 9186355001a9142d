import { fail } from '../../../src-shared/problem';
import type { Step, StepContext } from './define-target';
import {
  askHttp,
  askWorkspace,
  type Deployment,
  isSafeUrl,
  jsonOf,
  readinessSchema,
  secretsSchema,
} from './lepton-api';
import { derivedToken, endpointFolder, endpointSpec, isAsWanted, isOurs } from './lepton-spec';
import { findDeployment, type LeptonDeployment, storagePath } from './lepton-storage';
import { askPredictions } from './smoke-test';
import { shortHash, type VerifiedBundle } from './verified-bundle';

/** Token, endpoint, until it is ready, and the proof that it predicts what the app does. */
export function endpointSteps(bundle: VerifiedBundle, deployment: LeptonDeployment): Step[] {
  return [
    secretStep(deployment),
    endpointStep(bundle, deployment),
    readyStep(bundle, deployment),
    smokeStep(bundle, deployment),
  ];
}

const readyId = ({ workspace, name }: LeptonDeployment, bundle: VerifiedBundle) =>
  `ready ${workspace.url} ${name} ${shortHash(bundle)}`;
const smokeId = ({ workspace, name }: LeptonDeployment, bundle: VerifiedBundle) =>
  `smoke ${workspace.url} ${name} ${shortHash(bundle)}`;
const secretName = (name: string) => `modelyard-${name}-token`;
const deploymentPath = (name: string) => `/deployments/${encodeURIComponent(name)}`;

/** The person's token, else the one derived from the workspace's. */
export function tokenOf({ secrets }: StepContext, { name, config, workspace }: LeptonDeployment): string {
  const own = secrets.get(config.endpointToken);
  if (own !== undefined) return own;
  const token = derivedToken(secrets.get(config.workspaceToken) ?? '', workspace, name);
  secrets.hide(config.endpointToken, token);
  return token;
}

/** Keeps the token as a secret of the workspace, so that its other workloads can name it. */
function secretStep(deployment: LeptonDeployment): Step {
  const { name, workspace } = deployment;
  const secret = secretName(name);
  const id = `secret ${workspace.url} ${secret}`;
  const { host } = new URL(workspace.url);
  return {
    id,
    does: { en: `Keep the endpoint’s token as the secret ${secret}`, zh: `将端点令牌保存为密钥 ${secret}` },
    transfer: { bytes: 64, to: host, leaves: true },
    isDone: async (context) => {
      if (!(await secretNames(context, deployment)).includes(secret)) return false;
      return context.state.isDone(id) && !(await isTokenRefused(context, deployment));
    },
    run: async (context) => {
      const token = tokenOf(context, deployment);
      if ((await secretNames(context, deployment)).includes(secret)) {
        const path = `/usersecrets/${secret}`;
        await askWorkspace(context, workspace, { method: 'DELETE', path, accept: [404] });
      }
      const json = [{ name: secret, value: token, tags: ['modelyard'], visibility: 'private' }];
      await askWorkspace(context, workspace, { method: 'POST', path: '/usersecrets', json });
    },
  };
}

async function secretNames(context: StepContext, { workspace }: LeptonDeployment): Promise<string[]> {
  const answer = await askWorkspace(context, workspace, { method: 'GET', path: '/usersecrets' });
  return jsonOf(answer, secretsSchema).map(({ name }) => name);
}

/** Whether the endpoint that runs has another token. One that does not answer has said nothing. */
async function isTokenRefused(context: StepContext, deployment: LeptonDeployment): Promise<boolean> {
  const url = context.state.fact('endpoint');
  const found = await findDeployment(context, deployment);
  if (url === undefined || stateOf(found) !== 'Ready') return false;
  const headers = { authorization: `Bearer ${tokenOf(context, deployment)}` };
  const answers = [401, 403, 404];
  const { status } = await askHttp(context, { method: 'GET', url: `${url}/v2/health/ready`, headers, accept: answers });
  return status === 401 || status === 403;
}

/** Makes the endpoint or changes it to what is wanted; never without a token. */
function endpointStep(bundle: VerifiedBundle, deployment: LeptonDeployment): Step {
  const { name, workspace, config } = deployment;
  const wanted = endpointSpec(name, bundle, config);
  const body = (token: string) => ({ ...wanted, spec: { ...wanted.spec, api_tokens: [{ value: token }] } });
  const id = `endpoint ${workspace.url} ${name} ${shortHash(bundle)}`;
  return {
    id,
    does: {
      en: `Run the endpoint ${name} on ${config.resourceShape} with ${config.image}`,
      zh: `以 ${config.resourceShape} 和 ${config.image} 运行端点 ${name}`,
    },
    transfer: { bytes: JSON.stringify(body('')).length, to: new URL(workspace.url).host, leaves: true },
    isDone: async (context) => {
      const found = await findDeployment(context, deployment);
      if (!found || !isAsWanted(found, wanted)) return false;
      return !(await isTokenRefused(context, deployment));
    },
    run: async (context) => {
      const json = body(tokenOf(context, deployment));
      // What was proven of the endpoint as it was says nothing about the one that comes.
      for (const later of [readyId(deployment, bundle), smokeId(deployment, bundle)]) await context.state.forget(later);
      const found = await findDeployment(context, deployment);
      if (found && !isOurs(found)) fail('deploy-endpoint-taken', { name }, { param: 'endpoint' });
      if (found) await askWorkspace(context, workspace, { method: 'PATCH', path: deploymentPath(name), json });
      else await create(context, deployment, json);
    },
  };
}

async function create(context: StepContext, { name, workspace }: LeptonDeployment, json: object): Promise<void> {
  const request = { method: 'POST', path: '/deployments', json, accept: [409] } as const;
  const { status } = await askWorkspace(context, workspace, request);
  if (status !== 409) return;
  // A try whose answer was lost has made it; anything else of that name is not ours.
  const found = await findDeployment(context, { name, workspace });
  if (!found || !isOurs(found)) fail('deploy-endpoint-taken', { name }, { param: 'endpoint' });
  await askWorkspace(context, workspace, { method: 'PATCH', path: deploymentPath(name), json });
}

/** Seconds between looks: soon at first, then every five. */
const pollAfter = (poll: number) => Math.min(5, 1 + poll);

function readyStep(bundle: VerifiedBundle, deployment: LeptonDeployment): Step {
  const { name, config } = deployment;
  const wanted = endpointSpec(name, bundle, config);
  const id = readyId(deployment, bundle);
  return {
    id,
    does: { en: `Wait until ${name} is ready`, zh: `等待 ${name} 就绪` },
    // One that was ready may have gone to sleep since: nothing to wait for.
    isDone: async ({ state }) => state.isDone(id) && state.fact('endpoint') !== undefined,
    run: async (context) => {
      let reasons = '';
      for (let poll = 0, waited = 0; waited < config.readyMinutes * 60; waited += pollAfter(poll++)) {
        const found = await findDeployment(context, deployment);
        const state = stateOf(found);
        if (found && state === 'Ready' && isAsWanted(found, wanted)) return rememberEndpoint(context, found);
        reasons = await readinessReasons(context, deployment);
        if (state === 'Error' || /^ConfigError/.test(reasons)) fail('deploy-endpoint-failed', { name, state, reasons });
        const message = [state, reasons].filter((part) => part !== '').join(' · ');
        context.onProgress({ done: 0, total: 1, unit: 'replicas', message });
        await context.wait(pollAfter(poll) * 1000);
      }
      fail('deploy-not-ready', { name, minutes: config.readyMinutes, reasons });
    },
  };
}

/** New servers say in `phase` what `state` hides. */
function stateOf(found: Deployment | undefined): string {
  return found?.status?.phase ?? found?.status?.state ?? '';
}

function rememberEndpoint(context: StepContext, found: Deployment): void {
  const url = found.status?.endpoint?.external_endpoint ?? '';
  if (!isSafeUrl(url)) fail('deploy-failed', { message: `The endpoint has no safe URL: "${url}".` });
  context.state.setFact('endpoint', url.replace(/\/+$/, ''));
}

/** `NoCapacity: no node fits` of every replica that is not ready. */
async function readinessReasons(context: StepContext, { name, workspace }: LeptonDeployment): Promise<string> {
  const path = `${deploymentPath(name)}/readiness`;
  const answer = await askWorkspace(context, workspace, { method: 'GET', path, accept: [404] });
  if (answer.status === 404) return '';
  const issues = Object.values(jsonOf(answer, readinessSchema)).flat();
  const texts = issues
    .filter(({ reason }) => reason !== 'Ready')
    .map(({ reason, message }) => `${reason}: ${message ?? ''}`);
  return [...new Set(texts)].join('; ');
}

/** Held-out rows to the live endpoint: it has to say what the app says, and nothing without the token. */
function smokeStep(bundle: VerifiedBundle, deployment: LeptonDeployment): Step {
  const id = smokeId(deployment, bundle);
  return {
    id,
    does: {
      en: `Compare ${bundle.samples.rows.length} predictions of the endpoint with the app’s`,
      zh: `将端点的 ${bundle.samples.rows.length} 个预测与应用比较`,
    },
    transfer: {
      bytes: JSON.stringify(bundle.samples.rows).length,
      to: `${deployment.name} @ ${new URL(deployment.workspace.url).host}`,
      leaves: true,
    },
    isDone: async (context) => context.state.isDone(id),
    run: async (context) => {
      const url = context.state.fact('endpoint') ?? '';
      await askPredictions(context, bundle, { url, token: tokenOf(context, deployment) });
    },
  };
}

/** Keeps everything and runs nothing. */
export function stopSteps(deployment: LeptonDeployment): Step[] {
  const { name, workspace } = deployment;
  const json = { spec: { resource_requirement: { min_replicas: 0 } } };
  const does = { en: `Stop the endpoint ${name}`, zh: `停止端点 ${name}` };
  return [
    ownStep(deployment, { id: `stop ${name}`, does }, async (context) => {
      await askWorkspace(context, workspace, { method: 'PATCH', path: deploymentPath(name), json });
    }),
  ];
}

/** Takes away the endpoint, its secret and its files. */
export function deleteSteps(deployment: LeptonDeployment): Step[] {
  const { name, workspace, config } = deployment;
  const remove = (path: string) => async (context: StepContext) => {
    await askWorkspace(context, workspace, { method: 'DELETE', path, accept: [404] });
  };
  const files = `${storagePath(config, endpointFolder(name))}?removeall=true`;
  return [
    ownStep(
      deployment,
      { id: `delete ${name}`, does: { en: `Delete the endpoint ${name}`, zh: `删除端点 ${name}` } },
      remove(deploymentPath(name)),
    ),
    {
      id: `delete secret ${name}`,
      does: { en: `Delete the secret ${secretName(name)}`, zh: `删除密钥 ${secretName(name)}` },
      isDone: async () => false,
      run: remove(`/usersecrets/${secretName(name)}`),
    },
    {
      id: `delete files ${name}`,
      does: { en: `Delete ${endpointFolder(name)} on the storage`, zh: `删除存储上的 ${endpointFolder(name)}` },
      isDone: async () => false,
      run: remove(files),
    },
  ];
}

/** A step on an endpoint that is there and ours. */
function ownStep(
  deployment: LeptonDeployment,
  named: Pick<Step, 'id' | 'does'>,
  run: (context: StepContext) => Promise<void>,
): Step {
  return {
    ...named,
    isDone: async (context) => (await findDeployment(context, deployment)) === undefined,
    run: async (context) => {
      const found = await findDeployment(context, deployment);
      if (found && !isOurs(found)) fail('deploy-endpoint-taken', { name: deployment.name }, { param: 'endpoint' });
      await run(context);
    },
  };
}
