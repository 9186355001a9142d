import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FsPort, realFs } from '../../src-main/files/fs-port';
import { createWebNative } from '../../src-main/web/web-native';
import { createWindowHost, type WindowHost } from '../../src-main/window-host/create-window-host';
import type { Bridge, EventName, Events } from '../../src-shared/ipc';
import { connect } from '../bridge/bridge';
import { setUpI18n } from '../i18n/i18n';
import { useUi } from '../store/ui';
import { useWorkspace } from '../store/workspace';

type Listener = (payload: never) => void;

/** The real host in this process, with the window's own code in front of it; only the page is missing. */
export class TestHost {
  /** Disks that are full: nothing can be written below. */
  readonly full = new Set<string>();
  private readonly host: WindowHost;
  private readonly listeners = new Map<EventName, Set<Listener>>();
  private windows = 0;

  private constructor(readonly folder: string) {
    const paths = {
      data: join(folder, 'data'),
      store: join(folder, 'store'),
      resources: join(import.meta.dirname, '../../resources'),
      engineFile: join(folder, 'no-engine.mjs'),
    };
    this.host = createWindowHost({ native: createWebNative('en'), paths, version: '0', fs: this.disk() });
  }

  static async start(): Promise<TestHost> {
    const host = new TestHost(await mkdtemp(join(tmpdir(), 'modelyard-window-')));
    await setUpI18n('en');
    await host.openWindow();
    return host;
  }

  /** A window takes the place of the one before, which is gone with all that it showed. */
  async openWindow(): Promise<void> {
    const bridge = this.bridge(`window ${++this.windows}`);
    // What a preload script does.
    Object.assign(globalThis, { window: { modelyard: bridge } });
    await connect();
    useWorkspace.setState({ tabs: [], active: undefined });
    useUi.setState({ toasts: [], selection: {} });
  }

  /** The window crashes: the host hears that it is gone. */
  async crash(): Promise<void> {
    await this.host.clientGone(this.client(`window ${this.windows}`));
    await this.openWindow();
  }

  on<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void {
    const known = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, known.add(listener));
    return () => known.delete(listener);
  }

  async close(): Promise<void> {
    await this.host.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private bridge(id: string): Bridge {
    const client = this.client(id);
    this.host.connect(client);
    return {
      // The host answers what was asked by that name.
      ask: async (name, ask) => (await this.host.ask(client, name, ask)) as never,
      on: (name, listener) => this.on(name, listener),
    };
  }

  private client(id: string) {
    return {
      id,
      emit: <N extends EventName>(name: N, payload: Events[N]) => {
        for (const listener of this.listeners.get(name) ?? []) listener(payload as never);
      },
    };
  }

  private disk(): FsPort {
    const { full } = this;
    return new Proxy(realFs, {
      get(target, name, receiver) {
        const member = Reflect.get(target, name, receiver);
        if (name !== 'open') return member;
        return async (path: string, mode: never) => {
          if ([...full].some((folder) => path.startsWith(folder)))
            throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
          return target.open(path, mode);
        };
      },
    });
  }
}
