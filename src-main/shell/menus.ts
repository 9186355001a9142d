import { app, Menu, type MenuItemConstructorOptions, shell } from 'electron';
import { crashDumpFolder } from './electron-differences';
import { accelerator, type MenuEntry, menus } from './menu-entries';
import type { Preferences } from './preferences';
import type { Windows } from './windows';

const isMac = process.platform === 'darwin';

/** Builds the menu bar in the language of the settings; called again when they change. */
export function setUpMenus(windows: Windows, preferences: Preferences): void {
  const item = (entry: MenuEntry) => menuItem(entry, windows, preferences);
  const lists = menus.map(({ label, entries }) => ({
    label: preferences.say(label),
    submenu: entries.filter(isShown).map(item),
  }));
  const ofApp: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(Menu.buildFromTemplate([...ofApp, ...lists]));
}

function isShown(entry: MenuEntry): boolean {
  if (typeof entry === 'string') return true;
  if ('isForDevelopers' in entry) return !app.isPackaged;
  return !('action' in entry && entry.action === 'quit' && isMac);
}

function menuItem(entry: MenuEntry, windows: Windows, preferences: Preferences): MenuItemConstructorOptions {
  if (entry === 'line') return { type: 'separator' };
  const label = preferences.say(entry.label);
  if ('role' in entry) return { label, role: entry.role };
  if ('action' in entry) return { label, click: () => act(entry.action) };
  const { command, keys, macRole } = entry;
  if (macRole && isMac) return { label, role: macRole };
  const shown = accelerator(preferences.keys[command] ?? keys);
  const click = () => windows.emitToFront('app:command', { command });
  // The page hears keys itself, because people can change them; the menu only shows them.
  return shown ? { label, click, accelerator: shown, registerAccelerator: isMac } : { label, click };
}

function act(action: 'quit' | 'open-crash-folder'): void {
  if (action === 'quit') app.quit();
  else void shell.openPath(crashDumpFolder());
}
