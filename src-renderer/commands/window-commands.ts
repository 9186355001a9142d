import type { MessageKey } from '../i18n/messages';
import { openDialog } from '../store/ui';
import type { Command } from './define-command';

/** The palette, settings and help. */
export const windowCommands: readonly Command[] = [
  opening('palette.open', 'palette', { title: 'commands.palette_open', keys: ['Mod+K', 'Mod+Shift+P'] }),
  opening('settings.open', 'settings', { title: 'commands.settings_open', keys: ['Mod+,'] }),
  opening('help.nodes', 'help', { title: 'commands.help_nodes', keys: ['F1'] }),
  {
    ...opening('help.shortcuts', 'shortcuts', { title: 'commands.help_shortcuts', keys: ['Shift+/'] }),
    scope: 'document',
  },
  opening('help.about', 'about', { title: 'commands.help_about' }),
];

function opening(
  id: string,
  dialog: string,
  { title, keys = [] }: { readonly title: MessageKey; readonly keys?: readonly string[] },
): Command {
  return { id, title, keys, scope: 'window', run: () => openDialog(dialog) };
}
