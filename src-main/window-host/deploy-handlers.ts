import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DeployTarget } from '../../src-shared/deploy';
import { hashData } from '../../src-shared/hash';
import type { RequestName } from '../../src-shared/ipc';
import { fail, type Problem, ProblemError } from '../../src-shared/problem';
import type { DeployAsk, DocumentId } from '../../src-shared/window-data';
import { storeFolders } from '../engine/store/store-folder';
import { lookupTarget, targets } from '../exports/targets/catalog';
import { checkConfig } from '../exports/targets/check-config';
import { checkTargetAnswers } from '../exports/targets/check-target';
import type { ActionName, Target } from '../exports/targets/define-target';
import { act, type DeployRequest, deploy, planOf } from '../exports/targets/deploy';
import type { Reach } from '../exports/targets/deploy-context';
import { deployFolder } from '../exports/targets/deploy-state';
import { listDeployments } from '../exports/targets/list-deployments';
import type { NetworkTalks } from '../exports/targets/network-talks';
import { refuseNewUses } from '../exports/targets/secret-uses';
import { tryDeployment } from '../exports/targets/try-deployment';
import { openVerifiedBundle } from '../exports/targets/verified-bundle';
import type { FsPort } from '../files/fs-port';
import type { HandlerGroup } from '../ipc/handlers';
import type { Vault } from '../ipc/native';
import type { AllowedSecretUses } from '../settings/allowed-secret-uses';
import { bundlesOfRuns, describeBundle, samplesOf } from './find-bundles';
import { RunningDeploys } from './running-deploys';
import { vaultEnvironment } from './vault-environment';

export interface DeployHost {
  readonly fs: FsPort;
  /** Folder of results that is in use now. */
  readonly store: () => string;
  readonly vault: Vault;
  readonly env: NodeJS.ProcessEnv;
  /** Where secrets may go: a person is asked before they go elsewhere. */
  readonly allowed: AllowedSecretUses;
  readonly talks: NetworkTalks;
  /** Where an open document lies and what it is called, as its runs are asked for. */
  readonly documentAt: (id: DocumentId) => { readonly base: string; readonly name: string } | undefined;
  /** The built model server; by itself the one that lies beside the host. */
  readonly serverFile?: string;
  /** How long is waited between tries; tests hand in a clock of their own. */
  readonly wait?: Reach['wait'];
}

type DeployRequestName = Extract<RequestName, `deploy:${string}`>;

/** Export and deploy: bundles, targets, and deployments with their progress. */
export function createDeployHandlers(host: DeployHost): HandlerGroup<DeployRequestName> {
  const { fs } = host;
  const running = new RunningDeploys();
  const serverFile = host.serverFile ?? fileURLToPath(new URL('./server.mjs', import.meta.url));
  const stateFolder = () => join(host.store(), deployFolder);
  const reach = async (
    { target, config }: Pick<DeployRequest, 'target' | 'config'>,
    signal: AbortSignal,
  ): Promise<Reach> => ({
    fs,
    signal,
    stateFolder: stateFolder(),
    env: await vaultEnvironment(host.vault, host.env, target.variables(config)),
    allowed: await host.allowed.list(),
    onTalk: (talk) => host.talks.begin(talk),
    ...(host.wait ? { wait: host.wait } : {}),
  });
  const begin = async (ask: DeployAsk) => {
    const { request, problems } = await readAsk(fs, ask);
    return request ?? refuse(problems);
  };
  /** Before it begins, so that a person can be asked. */
  const refuseNew = async ({ target, config }: Pick<DeployRequest, 'target' | 'config'>) => {
    const env = await vaultEnvironment(host.vault, host.env, target.variables(config));
    refuseNewUses(target, { config, env }, await host.allowed.list());
  };
  return {
    clientGone: (client) => running.stopOf(client),
    close: () => running.stopAll(),
    handlers: {
      'deploy:targets': async () => targets.map(describeTarget),
      'deploy:bundles': async ({ id, path }) => {
        if (path !== undefined) return [await describeBundle(fs, path)];
        const { base, name } = host.documentAt(id) ?? {};
        if (base === undefined || name === undefined) return [];
        return bundlesOfRuns(fs, storeFolders(host.store()).runs, join(base, name));
      },
      'deploy:samples': async ({ bundle }) => samplesOf(await openVerifiedBundle(fs, bundle)),
      'deploy:test': async (ask, client) => {
        const { request, problems } = await readAsk(fs, ask);
        if (!request) return { problems };
        return running.during(client, async (signal) => ({
          problems: await checkTargetAnswers(request, await reach(request, signal)),
        }));
      },
      'deploy:plan': async (ask) => {
        const { request, problems } = await readAsk(fs, ask);
        if (!request) return { problems };
        return planOf(request, await vaultEnvironment(host.vault, host.env, request.target.variables(request.config)));
      },
      'deploy:start': async (ask, client) => {
        const request = await begin(ask);
        await refuseNew(request);
        return running.start(client, keyOf(request), async ({ signal, onEvent }) => {
          await deploy(request, { ...(await reach(request, signal)), onEvent });
        });
      },
      'deploy:act': async ({ action, ...ask }, client) => {
        const request = await findDeployment(fs, stateFolder(), ask);
        await refuseNew(request);
        return running.start(client, keyOf(request), async ({ signal, onEvent }) => {
          await act({ ...request, action }, { ...(await reach(request, signal)), onEvent });
        });
      },
      'deploy:cancel': async ({ ticket }) => {
        running.cancel(ticket);
        return {};
      },
      'deploy:list': async () => (await listDeployments(fs, stateFolder())).map(({ summary }) => summary),
      'deploy:try': async ({ row, ...ask }, client) => {
        const request = await begin(ask);
        return running.during(client, async (signal) =>
          tryDeployment(request, { ...(await reach(request, signal)), serverFile }, row),
        );
      },
    },
  };
}

function describeTarget({ name, title, summary, params, leaves, actions = {} }: Target): DeployTarget {
  const names: readonly ActionName[] = ['stop', 'delete'];
  return { name, title, summary, params, leaves, actions: names.filter((action) => actions[action]) };
}

/** The settings checked and the bundle opened; or what is wrong with the settings. */
async function readAsk(
  fs: FsPort,
  ask: DeployAsk,
): Promise<{ readonly request?: DeployRequest; readonly problems: readonly Problem[] }> {
  const target = lookupTarget(ask.target);
  const { config, problems } = checkConfig(target, absolute(target, ask));
  if (!config) return { problems };
  return { request: { target, config, bundle: await openVerifiedBundle(fs, ask.bundle) }, problems };
}

/** Folders are named beside the bundle, as a document names them beside itself. */
function absolute({ params }: Target, { config, bundle }: DeployAsk): DeployAsk['config'] {
  const entries = Object.entries(config).map(([name, value]) => {
    const isFolder = Object.hasOwn(params, name) && params[name]?.type === 'folder';
    return [name, isFolder && typeof value === 'string' && value.trim() !== '' ? beside(bundle, value) : value];
  });
  return Object.fromEntries(entries);
}

function beside(bundle: string, folder: string): string {
  return resolve(dirname(bundle), folder);
}

/** A deployment of the list, whose bundle may be gone or another one by now. */
async function findDeployment(
  fs: FsPort,
  stateFolder: string,
  ask: DeployAsk,
): Promise<
  Omit<DeployRequest, 'bundle'> & { readonly bundle: Pick<DeployRequest['bundle'], 'hash' | 'name' | 'folder'> }
> {
  const target = lookupTarget(ask.target);
  const { config, problems } = checkConfig(target, absolute(target, ask));
  if (!config) return refuse(problems);
  const wanted = hashData({ target: target.name, config, bundle: ask.bundle });
  const found = (await listDeployments(fs, stateFolder)).find(
    ({ summary: { target: name, config: settings, bundle } }) =>
      hashData({ target: name, config: settings, bundle }) === wanted,
  );
  if (!found) return fail('deploy-unknown');
  const { name, bundle: folder } = found.summary;
  return { target, config, bundle: { hash: found.hash, name, folder } };
}

function keyOf({ target, config, bundle }: Awaited<ReturnType<typeof findDeployment>>): string {
  return hashData({ target: target.name, config, name: bundle.name });
}

function refuse(problems: readonly Problem[]): never {
  const [first] = problems;
  if (first) throw new ProblemError(first);
  return fail('deploy-setting-malformed');
}
