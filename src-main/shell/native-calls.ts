import { app, type BrowserWindow, dialog, type FileFilter, shell } from 'electron';
import type { NativeCallName, NativeCalls, NativeMessage } from '../../src-shared/shell-link';
import type { Text } from '../../src-shared/text';
import type { DialogAnswer, DialogAsk } from '../../src-shared/window-data';
import { mayOpen } from './allowed-links';
import { decrypt, encrypt } from './electron-differences';
import type { Preferences } from './preferences';
import type { Windows } from './windows';

type Calls = {
  readonly [N in NativeCallName]: (args: NativeCalls[N]['args']) => Promise<NativeCalls[N]['value']>;
};

/** Does for the host what only Electron can. Rejects with a sentence for the log where the system refuses. */
export function answerCalls(windows: Windows, preferences: Preferences): (message: NativeMessage) => Promise<unknown> {
  const calls: Calls = {
    dialog: ({ kind, ask, client }) => showDialog(kind, ask, { window: windows.windowOf(client), preferences }),
    reveal: async ({ path }) => {
      shell.showItemInFolder(path);
      return null;
    },
    openLink: async ({ url }) => {
      if (!mayOpen(url)) throw new Error('This address is not one that Modelyard opens.');
      await shell.openExternal(url);
      return null;
    },
    openWindow: async () => {
      windows.openWindow();
      return null;
    },
    closeWindow: async ({ client }) => {
      windows.allowClose(client);
      return null;
    },
    setTitle: async ({ client, title, isEdited }) => {
      setTitle(windows.windowOf(client), title, isEdited);
      return null;
    },
    encrypt: ({ text }) => encrypt(text),
    decrypt: ({ base64 }) => decrypt(base64),
  };
  // Each call's arguments are those of its name, by NativeMessage; the pair is lost when one variable holds any call.
  return async ({ call, args }) => (calls[call] as (args: unknown) => Promise<unknown>)(args);
}

function setTitle(window: BrowserWindow | undefined, title: string, isEdited: boolean): void {
  if (!window) return;
  const isMac = process.platform === 'darwin';
  window.setTitle(`${isEdited && !isMac ? '• ' : ''}${title || app.name}`);
  if (isMac) window.setDocumentEdited(isEdited);
}

interface DialogPlace {
  readonly window: BrowserWindow | undefined;
  readonly preferences: Preferences;
}

async function showDialog(
  kind: 'open' | 'save' | 'folder',
  ask: DialogAsk,
  { window, preferences }: DialogPlace,
): Promise<DialogAnswer> {
  if (!window) return { cancelled: true };
  const options = {
    title: ask.title,
    defaultPath: startOf(ask),
    filters: kind === 'folder' ? [] : filtersOf(ask, preferences),
  };
  if (kind === 'save') return answer((await dialog.showSaveDialog(window, options)).filePath);
  const properties: ('openFile' | 'openDirectory' | 'createDirectory')[] =
    kind === 'open' ? ['openFile'] : ['openDirectory', 'createDirectory'];
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { ...options, properties });
  return answer(canceled ? undefined : filePaths[0]);
}

function answer(path: string | undefined): DialogAnswer {
  return path ? { path } : { cancelled: true };
}

function startOf({ folder, name }: DialogAsk): string {
  if (!folder) return name || '';
  return name ? `${folder.replace(/[\\/]$/, '')}/${name}` : folder;
}

const anyFile: Text = { en: 'All files', zh: '所有文件' };
const pipelines: Text = { en: 'Modelyard pipelines', zh: 'Modelyard 流程' };

function filtersOf({ extensions = [] }: DialogAsk, preferences: Preferences): FileFilter[] {
  if (extensions.length === 0) return [];
  const isPipeline = extensions.length === 1 && extensions[0] === 'yard';
  const name = isPipeline ? preferences.say(pipelines) : extensions.map((extension) => `*.${extension}`).join(', ');
  return [
    { name, extensions: [...extensions] },
    { name: preferences.say(anyFile), extensions: ['*'] },
  ];
}
