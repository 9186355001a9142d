import type { RequestName } from '../../src-shared/ipc';
import type { AppInfo, Settings } from '../../src-shared/window-data';
import { storeFolders } from '../engine/store/store-folder';
import type { FsPort } from '../files/fs-port';
import type { HandlerGroup } from '../ipc/handlers';
import type { Native } from '../ipc/native';
import { examineMachine } from './examine-machine';
import { sizeOfFolder } from './store-size';

export interface AppFacts {
  readonly fs: FsPort;
  readonly native: Native;
  readonly version: string;
  readonly engineFile: string;
  readonly settings: () => Promise<Settings>;
  /** Folder of results that is in use now. */
  readonly store: () => string;
}

/** What the app is and what the machine offers. */
export function createAppHandlers(facts: AppFacts): HandlerGroup<Extract<RequestName, `app:${string}`>> {
  return {
    handlers: {
      'app:info': () => describeApp(facts),
      'app:doctor': async () => ({ lines: await examineMachine(facts.engineFile, (await facts.settings()).device) }),
    },
  };
}

async function describeApp({ fs, native, version, settings, store }: AppFacts): Promise<AppInfo> {
  // The folder is the one that the settings name, so they come first.
  const known = await settings();
  const folder = store();
  const { values, blobs } = storeFolders(folder);
  return {
    version,
    host: native.host,
    platform: process.platform,
    settings: known,
    systemLanguage: native.systemLanguage,
    store: { folder, bytes: (await sizeOfFolder(fs, values)) + (await sizeOfFolder(fs, blobs)) },
    keychain: native.vault.isLasting,
  };
}
