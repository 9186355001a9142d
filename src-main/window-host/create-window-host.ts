import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { nodes } from '../../src-shared/nodes/catalog';
import type { HostAnswer, HostPaths } from '../../src-shared/shell-link';
import type { Language } from '../../src-shared/text';
import type { Settings } from '../../src-shared/window-data';
import { createDocuments } from '../documents/create-documents';
import { NetworkTalks } from '../exports/targets/network-talks';
import { type FsPort, realFs } from '../files/fs-port';
import { dispatch } from '../ipc/dispatch';
import type { Client, HandlerGroup, Handlers } from '../ipc/handlers';
import type { Native } from '../ipc/native';
import { AllowedSecretUses } from '../settings/allowed-secret-uses';
import { createSettings, type SettingsStore } from '../settings/create-settings';
import { createAppHandlers } from './app-handlers';
import { createDeployHandlers } from './deploy-handlers';
import { faultText, openHostLog } from './host-log';
import { createLookHandlers } from './look-handlers';
import { createNativeHandlers } from './native-handlers';
import { createRunHandlers } from './run-handlers';
import { secretHandlers } from './secret-handlers';
import { StoreRuns } from './store-runs';
import { WindowClients } from './window-clients';

export interface WindowHostOptions {
  readonly native: Native;
  readonly paths: HostPaths;
  readonly version: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Folder of results that was named for this time, whatever the settings say. */
  readonly fixedStore?: string;
  readonly fs?: FsPort;
}

/** What windows talk to, whoever carries their messages. */
export interface WindowHost {
  /** Answers whatever a window sends; never rejects. */
  ask(client: Client, name: unknown, ask: unknown): Promise<HostAnswer>;
  connect(client: Client): void;
  /** The window is gone: its documents are closed. Its runs go on. Never rejects. */
  clientGone(client: Client): Promise<void>;
  /** Ends runs and engines, gives everything back. Never rejects. */
  close(): Promise<void>;
}

/** How long a conversation that is over stays in the list, so that people can read who it was with. */
const lingerMs = 1_500;

/** Puts the host together: documents, settings, runs, deployments and what the system offers. */
export function createWindowHost(options: WindowHostOptions): WindowHost {
  const { paths, fs = realFs } = options;
  const log = openHostLog(fs, paths.data);
  const onFault = (error: unknown, request: string) => log.write(`${request} ${faultText(error)}`);
  const clients = new WindowClients();
  const talks = new NetworkTalks({
    onChange: (now) => clients.tellAll('network:changed', { talks: now }),
    linger: (end) => void setTimeout(end, lingerMs).unref(),
  });
  const settings = createSettings({ fs, folder: paths.data });
  settings.listen((now) => clients.tellAll('settings:changed', now));
  const store = () => options.fixedStore ?? storeFolderOf(settings.current(), paths);
  const engines = {
    engineFile: paths.engineFile,
    onEngineOutput: (text: string) => log.write(`engine ${text.trimEnd()}`),
    onTalks: talks.ofEngine.bind(talks),
  };
  const runs = new StoreRuns(engines, fs, () => {
    const { storeLimit, device } = settings.current();
    return { store: store(), storeLimit, device };
  });
  const groups = createGroups({ ...options, fs, clients, talks, settings, store, runs, onFault });
  const all = Object.values(groups);
  const handlers = joinHandlers(groups);
  return {
    ask: (client, name, ask) => dispatch(handlers, { name, ask, client }, { onFault }),
    connect(client) {
      clients.add(client);
      if (talks.current.length > 0) client.emit('network:changed', { talks: talks.current });
    },
    async clientGone(client) {
      clients.remove(client);
      await inEveryGroup(all, (group) => group.clientGone?.(client), onFault);
    },
    async close() {
      await inEveryGroup(all, (group) => group.close?.(), onFault);
      await runs.close();
      await log.flush();
    },
  };
}

interface GroupParts extends WindowHostOptions {
  readonly fs: FsPort;
  readonly clients: WindowClients;
  readonly talks: NetworkTalks;
  readonly settings: SettingsStore;
  readonly store: () => string;
  readonly runs: StoreRuns;
  readonly onFault: (error: unknown, request: string) => void;
}

function createGroups(parts: GroupParts) {
  const { native, paths, version, env = process.env, fs, clients, talks, settings, store, runs, onFault } = parts;
  const { vault, systemLanguage } = native;
  const examples = join(paths.resources, 'examples');
  const allowed = new AllowedSecretUses(fs, paths.data);
  const documents = createDocuments({
    fs,
    paths: { data: paths.data, examples, allowed: [homedir(), process.cwd(), examples] },
    nodes,
    language: () => languageOf(settings.current(), systemLanguage),
  });
  return {
    app: createAppHandlers({ fs, native, version, engineFile: paths.engineFile, settings: settings.read, store }),
    settings,
    documents,
    look: createLookHandlers({ runs, documents }),
    run: createRunHandlers({ runs, documents, clients, vault, env, allowed, onFault }),
    deploy: createDeployHandlers({ fs, store, vault, env, allowed, talks, documentAt: documents.documentAt }),
    secret: secretHandlers({ vault, env, allowed }),
    native: createNativeHandlers(native),
  };
}

/** All of the contract: a request that no group answers does not compile. */
function joinHandlers(groups: ReturnType<typeof createGroups>): Handlers {
  const { app, settings, documents, look, run, deploy, secret, native } = groups;
  return {
    ...app.handlers,
    ...settings.handlers,
    ...documents.handlers,
    ...look.handlers,
    ...run.handlers,
    ...deploy.handlers,
    ...secret.handlers,
    ...native.handlers,
  } satisfies Handlers;
}

function storeFolderOf({ storeFolder }: Settings, paths: HostPaths): string {
  return storeFolder === '' ? paths.store : resolve(homedir(), storeFolder);
}

function languageOf({ language }: Settings, systemLanguage: Language): Language {
  return language === 'system' ? systemLanguage : language;
}

type Ends = Omit<HandlerGroup<never>, 'handlers'>;

/** Lets every group do its part; one that fails keeps no other from doing theirs. */
async function inEveryGroup(
  groups: readonly Ends[],
  work: (group: Ends) => Promise<void> | undefined,
  onFault: (error: unknown, request: string) => void,
): Promise<void> {
  const ends = await Promise.allSettled(groups.map(async (group) => work(group)));
  for (const end of ends) if (end.status === 'rejected') onFault(end.reason, 'host');
}
