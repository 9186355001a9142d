import { chooseAndOpen, newDocument } from '../app/documents';
import { closeTab, save, saveAs } from '../app/save-documents';
import { ask } from '../bridge/bridge';
import { openDeploy } from '../deploy/open-deploy';
import { openDialog } from '../store/ui';
import { activate, activeTab, type Tab, useWorkspace } from '../store/workspace';
import { hasDocument } from './active';
import type { Command } from './define-command';
import { settleFields } from './settle-fields';

/** Documents and windows. */
export const fileCommands: readonly Command[] = [
  {
    id: 'file.new',
    title: 'commands.file_new',
    keys: ['Mod+N', 'Alt+N'],
    scope: 'window',
    run: async () => void (await newDocument()),
  },
  { id: 'file.open', title: 'commands.file_open', keys: ['Mod+O'], scope: 'window', run: chooseAndOpen },
  { id: 'file.openRecent', title: 'commands.file_openRecent', scope: 'window', run: () => openDialog('start') },
  { ...withTab('file.save', (tab) => save(tab)), title: 'commands.file_save', keys: ['Mod+S'] },
  { ...withTab('file.saveAs', (tab) => saveAs(tab)), title: 'commands.file_saveAs', keys: ['Mod+Shift+S'] },
  { ...withTab('file.close', (tab) => closeTab(tab)), title: 'commands.file_close', keys: ['Mod+W', 'Alt+W'] },
  {
    id: 'file.next',
    title: 'commands.file_next',
    keys: ['Mod+PageDown'],
    scope: 'window',
    isEnabled: hasMany,
    run: () => step(1),
  },
  {
    id: 'file.previous',
    title: 'commands.file_previous',
    keys: ['Mod+PageUp'],
    scope: 'window',
    isEnabled: hasMany,
    run: () => step(-1),
  },
  {
    id: 'deploy.open',
    title: 'commands.deploy_open',
    keys: ['Mod+E'],
    scope: 'window',
    isEnabled: hasDocument,
    run: () => openDeploy(),
  },
  {
    id: 'window.new',
    title: 'commands.window_new',
    keys: ['Mod+Shift+N'],
    scope: 'window',
    run: async () => void (await ask('window:new', {})),
  },
];

function withTab(id: string, work: (tab: Tab) => Promise<boolean>): Omit<Command, 'title'> {
  return {
    id,
    scope: 'window',
    isEnabled: hasDocument,
    run: async () => {
      settleFields();
      const tab = activeTab();
      if (tab) await work(tab);
    },
  };
}

function hasMany(): boolean {
  return useWorkspace.getState().tabs.length > 1;
}

function step(by: number): void {
  const { tabs, active } = useWorkspace.getState();
  const at = tabs.findIndex(({ id }) => id === active);
  const next = tabs[(at + by + tabs.length) % tabs.length];
  if (next) activate(next.id);
}
