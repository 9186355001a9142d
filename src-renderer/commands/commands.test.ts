import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { messages } from '../i18n/messages';
import { keysOf } from './bindings';
import { allCommands, commandSections } from './command-list';
import type { Command } from './define-command';
import { comboOf, normalCombo, parseCombo, showCombo } from './key-combo';

const folder = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const texts = new Map(
  Object.entries(messages).flatMap(([area, entries]) =>
    Object.entries(entries).map(
      ([key, text]: [string, { en: string; zh: string }]) => [`${area}.${key}`, text] as const,
    ),
  ),
);

describe('commands', () => {
  it('have an id of their own and a title in both languages', () => {
    expect(new Set(allCommands.map(({ id }) => id)).size).toBe(allCommands.length);
    for (const { id, title } of allCommands) {
      expect(id).toMatch(/^[a-z]+\.[a-zA-Z]+$/);
      expect(texts.get(title)?.en, id).toMatch(/[A-Za-z]/);
      expect(texts.get(title)?.zh, id).toMatch(/\p{Script=Han}/u);
    }
    for (const { title } of commandSections) expect(texts.get(title)).toBeDefined();
  });

  it('have titles that differ within a section, so that the palette is clear', () => {
    for (const { commands } of commandSections)
      for (const language of ['en', 'zh'] as const)
        expect(new Set(commands.map(({ title }) => texts.get(title)?.[language])).size).toBe(commands.length);
  });

  it('are the ones that the menus of the desktop name', () => {
    const menus = readFileSync(join(folder, '../src-main/shell/menu-entries.ts'), 'utf8');
    const named = [...menus.matchAll(/command: '([^']+)'/g)].map((match) => match[1]);
    expect(named.length).toBeGreaterThan(10);
    for (const id of named) expect(allCommands.map((command) => command.id)).toContain(id);
  });

  it('are run by ids that exist', () => {
    const ids = new Set(allCommands.map(({ id }) => id));
    for (const name of sources)
      for (const [, id = ''] of read(name).matchAll(/(?:runCommand|isEnabled|findCommand)\('([^']+)'\)/g))
        expect(ids.has(id), `${name}: ${id}`).toBe(true);
  });
});

describe('keys', () => {
  it('can be read, and no key is bound twice where both would hear it', () => {
    const seen: { combo: string; command: Command }[] = [];
    for (const command of allCommands) {
      for (const keys of command.keys ?? []) {
        const combo = normalCombo(keys) ?? expect.fail(`${command.id}: ${keys}`);
        const rival = seen.find((each) => each.combo === combo);
        expect(rival?.command.id, combo).toBeUndefined();
        seen.push({ combo, command });
      }
    }
  });

  it('without Ctrl or Alt count only where nobody types', () => {
    for (const { id, keys = [], scope } of allCommands)
      for (const combo of keys.map((each) => parseCombo(each)))
        if (combo && !combo.isMod && !combo.isAlt && !/^F\d/.test(combo.code)) expect(scope, id).not.toBe('window');
  });

  it('that people choose take the place of all its own; an empty text takes them away', () => {
    const command = { id: 'file.save', keys: ['Mod+S', 'Mod+Shift+S'] };
    expect(keysOf(command, {})).toEqual(['Mod+S', 'Mod+Shift+S']);
    expect(keysOf(command, { 'file.save': 'Shift+Alt+1' })).toEqual(['Alt+Shift+1']);
    expect(keysOf(command, { 'file.save': '' })).toEqual([]);
    expect(keysOf(command, { 'file.save': 'nonsense' })).toEqual([]);
    expect(keysOf({ id: 'constructor' }, {})).toEqual([]);
  });

  const press = (code: string, held: string[] = []) => ({
    code,
    ctrlKey: held.includes('ctrl'),
    metaKey: held.includes('meta'),
    altKey: held.includes('alt'),
    shiftKey: held.includes('shift'),
  });

  it.each([
    [press('KeyZ', ['ctrl', 'shift']), 'Mod+Shift+Z', undefined],
    [press('KeyZ', ['meta', 'shift']), undefined, 'Mod+Shift+Z'],
    [press('Period'), '.', '.'],
    [press('Slash', ['shift']), 'Shift+/', 'Shift+/'],
    [press('Backquote', ['ctrl']), 'Mod+`', undefined],
    [press('NumpadEnter', ['ctrl']), 'Mod+Enter', undefined],
    [press('Numpad0'), '0', '0'],
    [press('ArrowLeft', ['ctrl', 'shift']), 'Mod+Shift+Left', undefined],
    [press('ControlLeft', ['ctrl']), undefined, undefined],
    [press('F2'), 'F2', 'F2'],
    [press('MediaPlayPause'), undefined, undefined],
  ])('%o is %s, on macOS %s', (event, other, mac) => {
    expect(comboOf(event, 'other')).toBe(other);
    expect(comboOf(event, 'mac')).toBe(mac);
  });

  it('are shown as each system writes them', () => {
    expect(showCombo('Mod+Shift+Z', 'other')).toBe('Ctrl Shift Z');
    expect(showCombo('Mod+Shift+Z', 'mac')).toBe('⇧⌘Z');
    expect(showCombo('Shift+/', 'other')).toBe('Shift ?');
    expect(showCombo('Mod+=', 'other')).toBe('Ctrl +');
    expect(parseCombo('Hyper+Z')).toBeUndefined();
    expect(parseCombo('Mod+Mod+Z')).toBeUndefined();
    expect(parseCombo('')).toBeUndefined();
  });
});

describe('words', () => {
  it('name every step of the history', () => {
    const labels = new Set(
      sources.flatMap((name) =>
        name.includes('.test') || name.includes('test-')
          ? []
          : [...read(name).matchAll(/(?:\.(?:edit|begin)|editActive|editAndSelect)\(\s*'([a-zA-Z.]+)'/g)].map(
              (m) => m[1] ?? '',
            ),
      ),
    );
    expect(labels.size).toBeGreaterThan(8);
    for (const label of labels) expect(texts.has(`edits.${label.replaceAll('.', '_')}`), label).toBe(true);
  });

  it('that people see come from messages, never from the code of a component', () => {
    const hard = sources
      .filter((name) => name.endsWith('.tsx'))
      .flatMap((name) => visibleWords(read(name)).map((words) => `${name}: ${words}`));
    expect(hard).toEqual([]);
  });
});

/** Letters between tags, and texts of attributes that are seen or read out. */
function visibleWords(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const between = [...code.matchAll(/<[A-Za-z.]+(?:\s[^<>]*?)?>([^<>{}=;()]*\p{L}{2}[^<>{}=;()]*)<\//gu)].map(
    (match) => match[1] ?? '',
  );
  const attributes = [...code.matchAll(/\s(?:aria-label|title|placeholder|alt)="([^"]*\p{L}[^"]*)"/gu)].map(
    (match) => match[1] ?? '',
  );
  return [...between, ...attributes].map((words) => words.trim()).filter((words) => words !== '');
}
