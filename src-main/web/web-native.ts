import { fail } from '../../src-shared/problem';
import type { Language } from '../../src-shared/text';
import type { Native } from '../ipc/native';
import { createSessionVault } from '../window-host/session-vault';

/** What a page in a browser can have of the system: nothing that reaches out of the page. */
export function createWebNative(systemLanguage: Language): Native {
  const desktopOnly = async () => fail('desktop-only');
  return {
    host: 'web',
    systemLanguage,
    dialog: async () => ({ unsupported: true }),
    reveal: desktopOnly,
    openLink: desktopOnly,
    openWindow: desktopOnly,
    closeWindow: desktopOnly,
    setTitle: () => undefined,
    vault: createSessionVault(),
  };
}
