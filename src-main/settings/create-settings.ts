import { join } from 'node:path';
import { z } from 'zod';
import { devices, type Settings } from '../../src-shared/window-data';
import { Turns } from '../documents/turns';
import { defaultStoreLimit } from '../engine/store/evict';
import type { FsPort } from '../files/fs-port';
import { JsonFile } from '../files/json-file';
import type { HandlerGroup } from '../ipc/handlers';

/** Unknown keys are kept: an older app must not throw away what a newer one wrote. A wrong value counts as absent. */
const settingsSchema = z.looseObject({
  language: z.enum(['system', 'en', 'zh']).catch('system'),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  storeFolder: z.string().catch(''),
  storeLimit: z.number().positive().catch(defaultStoreLimit),
  device: z.enum(devices).catch('auto'),
  keys: z.record(z.string(), z.string()).catch({}),
});
type Stored = z.infer<typeof settingsSchema>;

const defaults: Settings = settingsOf(settingsSchema.parse({}));

export interface SettingsStore extends HandlerGroup<'settings:set'> {
  /** As they are now; the defaults until the file was read. */
  current(): Settings;
  /** As they are once the file was read. */
  read(): Promise<Settings>;
  /** Hears every change; returns what stops that. */
  listen(listener: (settings: Settings) => void): () => void;
}

/** A person's settings, in `settings.json` of the app's data folder. */
export function createSettings({ fs, folder }: { readonly fs: FsPort; readonly folder: string }): SettingsStore {
  const file = new JsonFile(fs, join(folder, 'settings.json'), settingsSchema);
  const turns = new Turns();
  const listeners = new Set<(settings: Settings) => void>();
  let current = defaults;
  // A file that cannot be read now is read again before anything is written.
  void turns
    .run(async () => {
      current = settingsOf(await file.read());
    })
    .catch(() => undefined);
  const set = (change: Partial<Settings>) =>
    turns.run(async () => {
      const next = { ...(await file.read()), ...change };
      await file.write(next);
      current = settingsOf(next);
      for (const listener of listeners) listener(current);
      return current;
    });
  return {
    handlers: { 'settings:set': ({ change }) => set(change) },
    current: () => current,
    read: () => turns.run(() => current),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => turns.run(() => undefined),
  };
}

function settingsOf({ language, theme, storeFolder, storeLimit, device, keys }: Stored): Settings {
  return { language, theme, storeFolder, storeLimit, device, keys };
}
