import { createHmac } from 'node:crypto';
import type { targetForms } from '../../../src-shared/nodes/deploy/target-params';
import type { ParamsOf } from '../../../src-shared/types/params';
import type { Environment } from './define-target';
import type { Deployment, Workspace } from './lepton-api';
import { shortHash, type VerifiedBundle } from './verified-bundle';

export type LeptonConfig = ParamsOf<(typeof targetForms)['lepton']['params']>;

const gateway = 'https://gateway.dgxc-lepton.nvidia.com/api/v2/workspaces';
/** Marks endpoints as ours and says which bundle they serve. */
export const bundleVariable = 'MODELYARD_BUNDLE';
const mountPath = '/mnt/modelyard';
const port = 8080;

/** What the environment may say of the workspace, beside its secrets. */
export const workspaceVariables = ['LEPTON_WORKSPACE_ID', 'LEPTON_WORKSPACE_URL', 'LEPTON_WORKSPACE_ORIGIN_URL'];

/** Where the workspace is: the setting, else the environment, else NVIDIA's gateway. */
export function workspaceOf(config: LeptonConfig, env: Environment): Workspace {
  const id = env('LEPTON_WORKSPACE_ID') ?? '';
  const given = config.url === '' ? env('LEPTON_WORKSPACE_URL') : config.url;
  const url = (given ?? `${gateway}/${encodeURIComponent(id)}`).replace(/\/+$/, '');
  const origin = env('LEPTON_WORKSPACE_ORIGIN_URL') ?? url;
  // The header is scheme, host and port alone, whatever path was given.
  return { url, origin: URL.canParse(origin) ? new URL(origin).origin : origin, tokenVariable: config.workspaceToken };
}

/** The endpoint's name: the setting, else the model's, as DNS takes names. */
export function endpointName({ endpoint }: LeptonConfig, bundleName: string): string {
  if (endpoint !== '') return endpoint;
  const name = bundleName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 36)
    .replace(/-+$/, '');
  return name === '' ? 'model' : name;
}

export const namePattern = /^[a-z]([a-z0-9-]{0,34}[a-z0-9])?$/;

/** Folder of all bundles of an endpoint, and of one bundle, on the workspace's storage. */
export const endpointFolder = (name: string) => `modelyard/${name}`;
export const bundleFolder = (name: string, bundle: VerifiedBundle) => `${endpointFolder(name)}/${shortHash(bundle)}`;

/** The endpoint without its token, in the fields that the interface knows; only what is set. */
export function endpointSpec(name: string, bundle: VerifiedBundle, config: LeptonConfig) {
  return {
    metadata: { id: name, name, visibility: 'private' },
    spec: {
      container: {
        image: config.image,
        command: ['node', `${mountPath}/server.mjs`],
        ports: [{ container_port: port, protocol: 'TCP' }],
      },
      resource_requirement: {
        resource_shape: config.resourceShape.toLowerCase(),
        min_replicas: 1,
        max_replicas: config.maxReplicas,
        ...(config.nodeGroup === '' ? {} : { affinity: { allowed_dedicated_node_groups: [config.nodeGroup] } }),
      },
      ...(config.idleSeconds === 0 ? {} : { auto_scaler: { scale_down: { no_traffic_timeout: config.idleSeconds } } }),
      envs: [
        { name: 'HOST', value: '0.0.0.0' },
        { name: 'PORT', value: String(port) },
        { name: 'MODEL_DIR', value: mountPath },
        { name: bundleVariable, value: bundle.hash },
      ],
      mounts: [
        {
          path: `/${bundleFolder(name, bundle)}`,
          from: config.mountFrom,
          mount_path: mountPath,
          mount_options: { read_only: true },
        },
      ],
    },
  };
}

/** Whether the endpoint is as wanted: every field we set has that value. What we did not set is the cloud's own. */
export function isAsWanted(found: Deployment, wanted: ReturnType<typeof endpointSpec>): boolean {
  return covers(found.spec, wanted.spec);
}

function covers(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(found) && found.length === wanted.length && wanted.every((item, i) => covers(found[i], item));
  }
  if (typeof wanted !== 'object' || wanted === null) return found === wanted;
  if (typeof found !== 'object' || found === null) return false;
  const own: Readonly<Record<string, unknown>> = { ...found };
  return Object.entries(wanted).every(([key, value]) => covers(own[key], value));
}

/** Whether Modelyard made it. */
export function isOurs(found: Deployment): boolean {
  return found.spec?.envs?.some(({ name }) => name === bundleVariable) ?? false;
}

/**
 * The token that requests to an endpoint carry where the person gives none: HMAC-SHA-256 of the endpoint's place
 * under the workspace's token. It is stored nowhere, is the same after an interruption and for the next version of
 * the model, and tells nothing about the workspace's token. Whoever can compute it can change the endpoint anyway.
 */
export function derivedToken(workspaceToken: string, { url }: Workspace, endpoint: string): string {
  return createHmac('sha256', workspaceToken)
    .update(`modelyard endpoint token 1\n${url}\n${endpoint}`)
    .digest('base64url');
}

/** A command that prints the derived token from the environment, for those who want to call the endpoint. */
export function tokenCommand({ url, tokenVariable }: Workspace, endpoint: string): string {
  const text = JSON.stringify(`modelyard endpoint token 1\n${url}\n${endpoint}`);
  return `node -p 'require("crypto").createHmac("sha256",process.env.${tokenVariable}).update(${text}).digest("base64url")'`;
}
