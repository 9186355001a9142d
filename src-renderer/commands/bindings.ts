import { useSettings } from '../store/settings';
import type { Command } from './define-command';
import { normalCombo, type Platform, platformOf, showCombo } from './key-combo';

type Keys = Readonly<Record<string, string>>;

/** Keys of a command now: those that the person chose for it, else its own. */
export function keysOf(command: Pick<Command, 'id' | 'keys'>, chosen: Keys): readonly string[] {
  const own = Object.hasOwn(chosen, command.id) ? chosen[command.id] : undefined;
  if (own === undefined) return (command.keys ?? []).flatMap((keys) => normalCombo(keys) ?? []);
  return [normalCombo(own) ?? []].flat();
}

export function currentPlatform(): Platform {
  const { platform, host } = useSettings.getState();
  // A page in a browser may be looked at from another system than its host's.
  return platformOf(host === 'web' ? navigator.platform : platform);
}

/** The first combination of a command as people read it, for buttons and menus. */
export function useShownKeys(command: Pick<Command, 'id' | 'keys'>): string | undefined {
  const chosen = useSettings(({ settings }) => settings.keys);
  const [first] = keysOf(command, chosen);
  return first === undefined ? undefined : showCombo(first, currentPlatform());
}

/** The commands that have a combination already. */
export function takenBy(combo: string, commands: readonly Command[], chosen: Keys): readonly Command[] {
  const wanted = normalCombo(combo);
  return commands.filter((command) => wanted !== undefined && keysOf(command, chosen).includes(wanted));
}
