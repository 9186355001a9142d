import type { HostAnswer, HostPaths } from '../../src-shared/shell-link';
import type { Settings } from '../../src-shared/window-data';
import { defaultStoreLimit } from '../engine/store/evict';
import { type FsPort, realFs } from '../files/fs-port';
import { dispatch } from '../ipc/dispatch';
import type { Client, HandlerGroup, Handlers } from '../ipc/handlers';
import type { Native } from '../ipc/native';
import { createAppHandlers } from './app-handlers';
import { faultText, openHostLog } from './host-log';
import { createNativeHandlers } from './native-handlers';

export interface WindowHostOptions {
  readonly native: Native;
  readonly paths: HostPaths;
  readonly version: string;
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

/** Puts the host together: documents, settings, runs, deployments and what the system offers. */
export function createWindowHost({ native, paths, version, fs = realFs }: WindowHostOptions): WindowHost {
  const clients = new Map<string, Client>();
  const log = openHostLog(fs, paths.data);
  const settings: Settings = {
    language: 'system',
    theme: 'system',
    storeFolder: '',
    storeLimit: defaultStoreLimit,
    keys: {},
  };
  const groups = [
    createAppHandlers({
      fs,
      native,
      version,
      engineFile: paths.engineFile,
      settings: () => settings,
      store: () => settings.storeFolder || paths.store,
    }),
    createNativeHandlers(native),
  ];
  const handlers: Partial<Handlers> = Object.assign({}, ...groups.map((group) => group.handlers));
  const onFault = (error: unknown, request: string) => log.write(`${request} ${faultText(error)}`);
  const everyGroup: readonly Omit<HandlerGroup<never>, 'handlers'>[] = groups;
  return {
    ask: (client, name, ask) => dispatch(handlers, { name, ask, client }, { onFault }),
    connect: (client) => void clients.set(client.id, client),
    async clientGone(client) {
      clients.delete(client.id);
      const gone = everyGroup.map(async (group) => group.clientGone?.(client));
      for (const end of await Promise.allSettled(gone)) if (end.status === 'rejected') onFault(end.reason, 'client');
    },
    async close() {
      const closed = everyGroup.map(async (group) => group.close?.());
      for (const end of await Promise.allSettled(closed)) if (end.status === 'rejected') onFault(end.reason, 'close');
      await log.flush();
    },
  };
}
