import { app, dialog } from 'electron';
import type { EventName } from '../../src-shared/ipc';
import type { ClientId } from '../../src-shared/shell-link';
import type { Text } from '../../src-shared/text';
import type { Settings } from '../../src-shared/window-data';
import { canEncrypt } from './electron-differences';
import { HostLink } from './host-link';
import { answerCalls } from './native-calls';
import type { Places } from './places';
import type { Preferences } from './preferences';
import type { Windows } from './windows';

/** The shell is a client of the host too: it goes by the settings. */
const shellClient: ClientId = 'shell';

const texts = {
  title: {
    en: 'The part of Modelyard that works with files keeps stopping.',
    zh: 'Modelyard 负责处理文件的部分不断停止。',
  },
  detail: {
    en: 'Your edits are kept. What it ended with: ',
    zh: '您的编辑内容已保留。其结束原因：',
  },
  retry: { en: 'Start it again', zh: '重新启动' },
  quit: { en: 'Quit', zh: '退出' },
} satisfies Record<string, Text>;

export interface HostSurroundings {
  readonly places: Places;
  readonly windows: Windows;
  readonly preferences: Preferences;
  readonly onSettings: () => void;
}

/** Starts the host process and ties it to the windows. */
export async function setUpHost({ places, windows, preferences, onSettings }: HostSurroundings): Promise<HostLink> {
  const apply = (settings: Settings) => {
    preferences.apply(settings);
    onSettings();
  };
  const host = new HostLink({
    node: places.node,
    file: places.hostFile,
    argument: {
      paths: places.host,
      version: app.getVersion(),
      systemLanguage: preferences.systemLanguage,
      isVaultLasting: await canEncrypt(),
    },
    onEvent: (client, name, payload) => {
      if (client !== shellClient) windows.emit(client, name, payload);
      // The payload is the one of the name, by the contract.
      else if (isAboutSettings(name)) apply(payload as Settings);
    },
    onCall: answerCalls(windows, preferences),
    onRestarted: () => windows.emitToAll('host:restarted', {}),
    onGivenUp: (reason, retry) => void offer(reason, retry, preferences),
  });
  windows.watch({ opened: (client) => host.clientOpened(client), closed: (client) => host.clientClosed(client) });
  host.start();
  host.clientOpened(shellClient);
  const info = await host.ask(shellClient, 'app:info', {});
  // What app:info answers is an AppInfo.
  if (info.ok) apply((info.value as { settings: Settings }).settings);
  return host;
}

function isAboutSettings(name: EventName): boolean {
  return name === 'settings:changed';
}

async function offer(reason: string, retry: () => void, preferences: Preferences): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: app.name,
    message: preferences.say(texts.title),
    detail: preferences.say(texts.detail) + reason,
    buttons: [preferences.say(texts.retry), preferences.say(texts.quit)],
  });
  if (response === 0) retry();
  else app.exit(1);
}
