import { type Clip, clipText, copyToClip } from '../../src-shared/document/clip';
import { pasteClip } from '../../src-shared/document/edit-paste';
import { removeParts } from '../../src-shared/document/edit-selection';
import { readClip } from '../../src-shared/document/read-clip';
import { isProblem } from '../../src-shared/problem';
import { tell } from '../app/tell';
import { canvasView } from '../store/canvas-view';
import { select } from '../store/ui';
import { active, editActive, editAndSelect, known } from './active';
import { isField } from './settle-fields';

/**
 * The clipboard through the events that the system's own keys give: they need no permission, and text in fields is
 * copied and pasted as ever.
 */

/** What this window copied last: secrets' names and absolute paths, which the text lacks, come back with it. */
let copied: { readonly text: string; readonly clip: Clip } | undefined;
/** The same text pasted again lies a little further. */
let pasted = { text: '', times: 0 };
let keepsIncoming = false;

/** Listens until the function that it returns is called. */
export function listenToClipboard(): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  document.addEventListener('copy', (event) => onCopy(event), { signal });
  document.addEventListener('cut', (event) => onCopy(event, removeSelection), { signal });
  document.addEventListener('paste', onPaste, { signal });
  document.addEventListener('keydown', noteKeys, { signal, capture: true });
  return () => stop.abort();
}

/** The event that follows does not say whether Shift was held. */
function noteKeys({ code, shiftKey, ctrlKey, metaKey }: KeyboardEvent): void {
  if (code === 'KeyV' && (ctrlKey || metaKey)) keepsIncoming = shiftKey;
}

function onCopy(event: ClipboardEvent, then: () => void = () => undefined): void {
  if (isForText(event)) return;
  const text = takeSelection();
  if (text === undefined) return;
  event.preventDefault();
  event.clipboardData?.setData('text/plain', text);
  then();
}

function onPaste(event: ClipboardEvent): void {
  if (isForText(event) || !active()) return;
  event.preventDefault();
  pasteText(event.clipboardData?.getData('text/plain') ?? '', keepsIncoming);
}

/** A field, a dialog, or marked text of a panel: what the system does there is right. */
function isForText({ target, type }: ClipboardEvent): boolean {
  if (isField(target) || isField(document.activeElement)) return true;
  if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return true;
  return type !== 'paste' && document.getSelection()?.isCollapsed === false;
}

/** The clipboard text of what is selected; remembered, so that a paste here loses nothing. */
export function takeSelection(): string | undefined {
  const now = active();
  if (!now || now.selection.nodes.length + now.selection.notes.length === 0) return undefined;
  const clip = copyToClip(now.document, now.selection);
  const text = clipText(clip, known.lookup);
  copied = { text, clip };
  pasted = { text: '', times: 0 };
  return text;
}

function removeSelection(): void {
  const now = active();
  if (now) editActive('edit.cut', (document) => removeParts(document, now.selection));
}

/** Adds what the text holds; what is no clip is told, and nothing happens. */
export function pasteText(text: string, keepIncoming: boolean): void {
  const clip = copied?.text === text ? copied.clip : readClip(text, known.lookup);
  if (isProblem(clip)) {
    tell(clip);
    return;
  }
  const times = pasted.text === text ? pasted.times + 1 : 0;
  pasted = { text, times };
  const at = placeFor(clip, times);
  editAndSelect(
    'edit.paste',
    (document) => pasteClip(document, clip, { options: { keepIncoming, ...(at ? { at } : {}) }, known }),
    ({ id }, { nodes, notes }) => select(id, { nodes, notes }),
  );
}

/** In the middle of what is seen, on the grid; without a canvas beside where it lay. */
function placeFor({ nodes, notes }: Clip, times: number): readonly [number, number] | undefined {
  const centre = canvasView()?.centre();
  if (!centre) return undefined;
  const places = [...nodes, ...notes].map(({ position }) => position);
  const width = spread(places.map(([x]) => x));
  const height = spread(places.map(([, y]) => y));
  const snap = (value: number) => Math.round(value / 8) * 8 + times * 32;
  return [snap(centre[0] - width / 2), snap(centre[1] - height / 2)];
}

function spread(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
}

/** For the palette and menus, which are no keys: the system is asked to copy. */
export function copySelection(): void {
  document.execCommand('copy');
}

export function cutSelection(): void {
  document.execCommand('cut');
}

/** Reading needs a permission; where it is refused, what this window copied last is pasted. */
export async function pasteFromSystem(keepIncoming: boolean): Promise<void> {
  const text = await navigator.clipboard.readText().catch(() => copied?.text ?? '');
  pasteText(text, keepIncoming);
}
