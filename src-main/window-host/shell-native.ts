import type { HostArgument } from '../../src-shared/shell-link';
import type { FsPort } from '../files/fs-port';
import type { Native } from '../ipc/native';
import { createKeychainVault } from './keychain-vault';
import { createSessionVault } from './session-vault';
import type { ShellCalls } from './shell-calls';

/** What Electron's shell does for the host, asked over their link. */
export function createShellNative(
  calls: ShellCalls,
  { systemLanguage, isVaultLasting, paths }: HostArgument,
  fs: FsPort,
): Native {
  const encrypt = async (text: string) => (await calls.call('encrypt', { text })).base64;
  const decrypt = async (base64: string) => (await calls.call('decrypt', { base64 })).text;
  return {
    host: 'desktop',
    systemLanguage,
    dialog: (kind, ask, { id }) => calls.call('dialog', { kind, ask, client: id }),
    reveal: async (path) => void (await calls.call('reveal', { path })),
    openLink: async (url) => void (await calls.call('openLink', { url })),
    openWindow: async () => void (await calls.call('openWindow', {})),
    closeWindow: async ({ id }) => void (await calls.call('closeWindow', { client: id })),
    setTitle({ id }, title, isEdited) {
      // A title that cannot be shown is no reason to refuse anything.
      calls.call('setTitle', { client: id, title, isEdited }).catch(() => undefined);
    },
    vault: isVaultLasting ? createKeychainVault({ fs, folder: paths.data, encrypt, decrypt }) : createSessionVault(),
  };
}
