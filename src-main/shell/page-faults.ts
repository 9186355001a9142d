import { app, type BrowserWindow, dialog } from 'electron';
import type { Text } from '../../src-shared/text';
import { onPageGone } from './electron-differences';
import type { Preferences } from './preferences';
import { RestartLimit } from './restart-limit';
import type { Windows } from './windows';

const texts = {
  title: {
    en: 'This window stopped working twice in a row.',
    zh: '此窗口连续两次停止工作。',
  },
  detail: {
    en: 'Your edits are kept. Reason given by the system: ',
    zh: '您的编辑内容已保留。系统给出的原因：',
  },
  reload: { en: 'Reload the window', zh: '重新加载窗口' },
  close: { en: 'Close the window', zh: '关闭窗口' },
} satisfies Record<string, Text>;

/** A page whose process ends is loaded again once; if that does not hold, a person decides. */
export function setUpPageFaults(windows: Windows, preferences: Preferences): void {
  windows.watch({
    opened: (_client, window) => {
      const limit = new RestartLimit(1);
      onPageGone(window.webContents, (reason) => {
        if (limit.allows(Date.now())) window.webContents.reload();
        else void offer(window, reason, preferences);
      });
    },
    closed: () => undefined,
  });
}

async function offer(window: BrowserWindow, reason: string, preferences: Preferences): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    title: app.name,
    message: preferences.say(texts.title),
    detail: preferences.say(texts.detail) + reason,
    buttons: [preferences.say(texts.reload), preferences.say(texts.close)],
  });
  if (response === 0) window.webContents.reload();
  else window.destroy();
}
