import { useSettings } from '../store/settings';
import { useUi } from '../store/ui';
import { currentPlatform, keysOf } from './bindings';
import { allCommands } from './command-list';
import type { Command } from './define-command';
import { comboOf } from './key-combo';
import { isEnabled, runCommand } from './run-command';
import { isField } from './settle-fields';

/** Where a key was pressed, as commands' scopes see it. */
export type Place = 'field' | 'canvas' | 'elsewhere' | 'overlay';

/** What lies over the window has its keys to itself; a list that lies beside the canvas says so. */
const overlays = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]:not([data-keys])';
const canvases = '[data-keys="canvas"], .main-canvas, [role="tree"]';

/** The one listener for keys of the window; returns what stops it. */
export function listenToKeys(): () => void {
  // Before anything on the page, so that what has a command is not done twice.
  const stop = new AbortController();
  window.addEventListener('keydown', onKey, { capture: true, signal: stop.signal });
  return () => stop.abort();
}

function onKey(event: KeyboardEvent): void {
  // 229: a key that an input method took, where the browser does not say that it composes.
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  const combo = comboOf(event, currentPlatform());
  if (combo !== undefined && isOfTree(combo, event.target)) return;
  const commands = combo === undefined ? [] : commandsFor(combo, placeOf(event.target));
  const command = commands.find(({ id }) => isEnabled(id));
  // A browser has its own ideas of Ctrl+S, also while there is nothing to save.
  if (command || (commands.length > 0 && combo?.startsWith('Mod'))) event.preventDefault();
  if (!command) return;
  event.stopPropagation();
  runCommand(command.id);
}

/** Keys by which people go about in a tree belong to it; all others do there what they do on the canvas. */
function isOfTree(combo: string, target: EventTarget | null): boolean {
  return /^(Up|Down|Left|Right|Home|End|Enter|Space|F2)$/.test(combo) && isInside(target, '[role="tree"]');
}

function isInside(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}

/** The commands that a combination stands for at a place. */
export function commandsFor(combo: string, place: Place): readonly Command[] {
  const { keys } = useSettings.getState().settings;
  return allCommands.filter((command) => {
    return !command.isClipboard && hears(command, place) && keysOf(command, keys).includes(combo);
  });
}

function hears({ scope }: Command, place: Place): boolean {
  if (place === 'overlay') return false;
  if (place === 'field') return scope === 'window';
  return scope !== 'canvas' || place === 'canvas';
}

export function placeOf(target: EventTarget | null): Place {
  if (useUi.getState().dialog !== undefined) return 'overlay';
  if (!(target instanceof Element) || target === document.body) return 'canvas';
  if (target.closest(overlays)) return 'overlay';
  if (isField(target)) return 'field';
  return target.closest(canvases) ? 'canvas' : 'elsewhere';
}
