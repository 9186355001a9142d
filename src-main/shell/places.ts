import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { HostPaths } from '../../src-shared/shell-link';
import { defaultStoreRoot } from '../engine/store/store-folder';
import { defaultDataFolder } from '../window-host/data-folder';
import { pageFolderName } from './electron-differences';

/** Where the app finds its own parts and the user's. */
export interface Places {
  readonly host: HostPaths;
  readonly hostFile: string;
  /** The real Node that runs host and engines. */
  readonly node: string;
  readonly preload: string;
  readonly page: string;
  readonly icon: string;
}

export function findPlaces(env: NodeJS.ProcessEnv): Places {
  const out = join(app.getAppPath(), 'out');
  // Node cannot read inside the archive; what it runs is packed beside it.
  const outside = out.replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked');
  const resources = app.isPackaged ? process.resourcesPath : join(app.getAppPath(), 'resources');
  return {
    host: {
      data: defaultDataFolder(env),
      store: defaultStoreRoot(env),
      resources,
      engineFile: join(outside, 'engine.mjs'),
    },
    hostFile: join(outside, 'host.mjs'),
    node: findNode(env, resources),
    preload: join(out, 'preload.cjs'),
    page: join(out, pageFolderName()),
    icon: join(resources, 'icons', '256x256.png'),
  };
}

function findNode(env: NodeJS.ProcessEnv, resources: string): string {
  const bundled = join(resources, 'node', process.platform === 'win32' ? 'node.exe' : 'node');
  // A checkout has no Node of its own: `npm start` names the one that runs it.
  return env.MODELYARD_NODE || (existsSync(bundled) ? bundled : 'node');
}
