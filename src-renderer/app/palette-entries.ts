import fuzzysort from 'fuzzysort';
import type { RunSummary } from '../../src-shared/preview';
import type { Text } from '../../src-shared/text';
import { allCommands } from '../commands/command-list';
import type { Command } from '../commands/define-command';
import { isEnabled } from '../commands/run-command';
import { messages } from '../i18n/messages';

/** A command is found by its title in either language, and by its id. */
const commandTexts = allCommands.map((command) => {
  const title = titleOf(command);
  return { command, title: `${title.en} ${title.zh}`, id: command.id };
});

function titleOf({ title }: Command): Text {
  const [area = '', key = ''] = title.split('.');
  const texts: Readonly<Record<string, Readonly<Record<string, Text>>>> = messages;
  return texts[area]?.[key] ?? { en: title, zh: title };
}

/** What people want most often, before anything is typed. */
const often = ['run.start', 'run.toHere', 'node.add', 'node.layout', 'file.save', 'deploy.open'];
const oftenFirst = [...allCommands].sort((a, b) => rank(a) - rank(b));

function rank({ id }: Command): number {
  const at = often.indexOf(id);
  return at < 0 ? often.length : at;
}

/** Commands that a text finds, best first; those that cannot be done now come last. */
export function findCommands(text: string): readonly Command[] {
  const found =
    text === ''
      ? oftenFirst
      : fuzzysort.go(text, commandTexts, { keys: ['title', 'id'], threshold: 0.4 }).map(({ obj }) => obj.command);
  return [...found.filter(({ id }) => isEnabled(id)), ...found.filter(({ id }) => !isEnabled(id))];
}

/** Names that hold the text, in their order. */
export function findNamed<T>(text: string, entries: readonly T[], nameOf: (entry: T) => string): readonly T[] {
  const wanted = text.toLowerCase();
  return text === '' ? [] : entries.filter((entry) => nameOf(entry).toLowerCase().includes(wanted));
}

export function findRuns(text: string, runs: readonly RunSummary[]): readonly RunSummary[] {
  return findNamed(text, runs, ({ run, startedAt, state }) => `${run} ${startedAt} ${state}`);
}
