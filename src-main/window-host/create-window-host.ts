import type { HostAnswer, HostPaths } from '../../src-shared/shell-link';
import type { Settings } from '../../src-shared/window-data';
import { defaultStoreLimit } from '../engine/store/evict';
import { NetworkTalks } from '../exports/targets/network-talks';
import { type FsPort, realFs } from '../files/fs-port';
import { dispatch } from '../ipc/dispatch';
import type { Client, HandlerGroup, Handlers } from '../ipc/handlers';
import type { Native } from '../ipc/native';
import { createAppHandlers } from './app-handlers';
import { createDeployHandlers } from './deploy-handlers';
import { faultText, openHostLog } from './host-log';
import { createLookHandlers } from './look-handlers';
import { createNativeHandlers } from './native-handlers';
import type { OpenDocuments } from './open-documents';
import { createRunHandlers } from './run-handlers';
import { secretHandlers } from './secret-handlers';
import { StoreRuns } from './store-runs';
import { WindowClients } from './window-clients';

export interface WindowHostOptions {
  readonly native: Native;
  readonly paths: HostPaths;
  readonly version: string;
  readonly env?: NodeJS.ProcessEnv;
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
  const { native, paths, version, env = process.env, fs = realFs } = options;
  const { vault } = native;
  const { engineFile } = paths;
  const log = openHostLog(fs, paths.data);
  const onFault = (error: unknown, request: string) => log.write(`${request} ${faultText(error)}`);
  const clients = new WindowClients();
  const talks = new NetworkTalks({
    onChange: (now) => clients.tellAll('network:changed', { talks: now }),
    linger: (end) => void setTimeout(end, lingerMs).unref(),
  });
  const settings: Settings = {
    language: 'system',
    theme: 'system',
    storeFolder: '',
    storeLimit: defaultStoreLimit,
    keys: {},
  };
  const documents: OpenDocuments = { documentAt: () => undefined, viewersOf: () => [] };
  const store = () => settings.storeFolder || paths.store;
  const engines = {
    engineFile,
    onEngineOutput: (text: string) => log.write(`engine ${text.trimEnd()}`),
    onTalks: talks.ofEngine.bind(talks),
  };
  const runs = new StoreRuns(engines, fs, () => ({ store: store(), storeLimit: settings.storeLimit }));
  const groups = [
    createAppHandlers({ fs, native, version, engineFile, settings: () => settings, store }),
    createLookHandlers({ runs, documents }),
    createRunHandlers({ runs, documents, clients, vault, onFault }),
    createDeployHandlers({ fs, store, vault, env, talks, documentAt: documents.documentAt }),
    secretHandlers({ vault, env }),
    createNativeHandlers(native),
  ] as const;
  const handlers: Partial<Handlers> = Object.assign({}, ...groups.map((group) => group.handlers));
  return {
    ask: (client, name, ask) => dispatch(handlers, { name, ask, client }, { onFault }),
    connect(client) {
      clients.add(client);
      if (talks.current.length > 0) client.emit('network:changed', { talks: talks.current });
    },
    async clientGone(client) {
      clients.remove(client);
      await inEveryGroup(groups, (group) => group.clientGone?.(client), onFault);
    },
    async close() {
      await inEveryGroup(groups, (group) => group.close?.(), onFault);
      await runs.close();
      await log.flush();
    },
  };
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
