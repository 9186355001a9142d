import type { MessageKey } from '../i18n/messages';
import { arrangeCommands } from './arrange-commands';
import type { Command } from './define-command';
import { editCommands } from './edit-commands';
import { fileCommands } from './file-commands';
import { moveCommands } from './move-commands';
import { nodeCommands } from './node-commands';
import { runCommands } from './run-commands';
import { viewCommands } from './view-commands';
import { windowCommands } from './window-commands';

interface CommandSection {
  readonly title: MessageKey;
  readonly commands: readonly Command[];
}

/** Every command, as menus and the list of keys show them. */
export const commandSections: readonly CommandSection[] = [
  { title: 'commands.sectionFile', commands: fileCommands },
  { title: 'commands.sectionEdit', commands: editCommands },
  { title: 'commands.sectionNode', commands: nodeCommands },
  { title: 'commands.sectionArrange', commands: arrangeCommands },
  { title: 'commands.sectionMove', commands: moveCommands },
  { title: 'commands.sectionView', commands: viewCommands },
  { title: 'commands.sectionRun', commands: runCommands },
  { title: 'commands.sectionWindow', commands: windowCommands },
];

export const allCommands: readonly Command[] = commandSections.flatMap(({ commands }) => commands);

const byId = new Map(allCommands.map((command) => [command.id, command]));

export function findCommand(id: string): Command | undefined {
  return byId.get(id);
}

/** Title of the section that a command stands in. */
export function sectionOf({ id }: Command): MessageKey | undefined {
  return commandSections.find(({ commands }) => commands.some((command) => command.id === id))?.title;
}
