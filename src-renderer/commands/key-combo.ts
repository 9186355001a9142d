/** A key with what is held down: `Mod+Shift+KeyZ` in parts. `code` is the key's place, as `KeyboardEvent.code` says it. */
export interface KeyCombo {
  readonly isMod: boolean;
  readonly isAlt: boolean;
  readonly isShift: boolean;
  readonly code: string;
}

export type Platform = 'mac' | 'other';

export function platformOf(name: string): Platform {
  return /^(darwin|mac)/i.test(name) ? 'mac' : 'other';
}

/** Keys that are written otherwise than their code, with how they are shown. */
const named: Readonly<Record<string, { readonly code: string; readonly shown?: string }>> = {
  '.': { code: 'Period' },
  ',': { code: 'Comma' },
  '/': { code: 'Slash' },
  '`': { code: 'Backquote' },
  '=': { code: 'Equal', shown: '+' },
  '-': { code: 'Minus', shown: '−' },
  Left: { code: 'ArrowLeft', shown: '←' },
  Right: { code: 'ArrowRight', shown: '→' },
  Up: { code: 'ArrowUp', shown: '↑' },
  Down: { code: 'ArrowDown', shown: '↓' },
};
const written = new Map(Object.entries(named).map(([key, { code }]) => [code, key]));

/** Reads `Mod+Shift+Z`; undefined where it is no combination of keys. */
export function parseCombo(text: string): KeyCombo | undefined {
  const parts = text.split('+');
  const key = parts.pop() ?? '';
  const held = new Set(parts);
  if (parts.some((part) => !['Mod', 'Alt', 'Shift'].includes(part)) || held.size < parts.length) return undefined;
  const code = codeOf(key);
  return code === undefined
    ? undefined
    : { isMod: held.has('Mod'), isAlt: held.has('Alt'), isShift: held.has('Shift'), code };
}

function codeOf(key: string): string | undefined {
  if (/^[A-Z]$/.test(key)) return `Key${key}`;
  if (/^\d$/.test(key)) return `Digit${key}`;
  if (/^(F\d{1,2}|Enter|Escape|Delete|Backspace|Tab|Space|Home|End|PageUp|PageDown)$/.test(key)) return key;
  return Object.hasOwn(named, key) ? named[key]?.code : undefined;
}

type KeyPress = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The combination that was pressed, as it is written in a command; undefined for a key that no command can have. */
export function comboOf(event: KeyPress, platform: Platform): string | undefined {
  const isMod = platform === 'mac' ? event.metaKey : event.ctrlKey;
  const isOther = platform === 'mac' ? event.ctrlKey : event.metaKey;
  const key = keyOf(
    event.code.replace(/^Numpad(Enter|\d)$/, (_, rest: string) => (rest === 'Enter' ? rest : `Digit${rest}`)),
  );
  if (isOther || key === undefined) return undefined;
  return [isMod ? 'Mod' : [], event.altKey ? 'Alt' : [], event.shiftKey ? 'Shift' : [], key].flat().join('+');
}

function keyOf(code: string): string | undefined {
  const key = written.get(code) ?? code.replace(/^(Key|Digit)/, '');
  return codeOf(key) === code ? key : undefined;
}

/** The same combination always in the same words, whatever the order that it was written in. */
export function normalCombo(text: string): string | undefined {
  const combo = parseCombo(text);
  const key = combo && keyOf(combo.code);
  if (!combo || key === undefined) return undefined;
  return [combo.isMod ? 'Mod' : [], combo.isAlt ? 'Alt' : [], combo.isShift ? 'Shift' : [], key].flat().join('+');
}

/** As people read it: `Ctrl Shift Z`, on macOS `⌘⇧Z`. */
export function showCombo(text: string, platform: Platform): string {
  const combo = parseCombo(text);
  if (!combo) return text;
  const key = text.split('+').pop() ?? '';
  const shown =
    combo.isShift && key === '/' ? '?' : ((Object.hasOwn(named, key) ? named[key]?.shown : undefined) ?? key);
  const { isMod, isAlt, isShift } = combo;
  if (platform === 'mac') return `${isAlt ? '⌥' : ''}${isShift ? '⇧' : ''}${isMod ? '⌘' : ''}${shown}`;
  return [isMod ? 'Ctrl' : [], isAlt ? 'Alt' : [], isShift ? 'Shift' : [], shown].flat().join(' ');
}
