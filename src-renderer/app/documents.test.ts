import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serialize } from '../../src-shared/document/save';
import { ask } from '../bridge/bridge';
import { runCommand } from '../commands/run-command';
import { usePathPicker } from '../fields/path-picker-store';
import { isEdited } from '../store/editor';
import { useQuestions } from '../store/question';
import { select, useUi } from '../store/ui';
import { activeTab, type Tab, useWorkspace } from '../store/workspace';
import { windowClosing } from './closing';
import { attachAgain, openExample, openPath, openRecovery, takeOver } from './documents';
import { allEditsKept } from './journal-edits';
import { closeTab, mayClose, save } from './save-documents';
import { TestHost } from './test-host';

let host: TestHost;
beforeEach(async () => {
  host = await TestHost.start();
});
afterEach(async () => {
  for (const tab of useWorkspace.getState().tabs) tab.editor.markSaved('start');
  await host.close();
});

const shown = (): Tab => activeTab() ?? expect.fail('No document is open.');
const edited = (tab = shown()) => isEdited(tab.editor.store.getState());

async function example(): Promise<Tab> {
  return (await openExample('penguins')) ?? expect.fail('The example did not open.');
}

/** A change as a person makes it, kept in the journal. */
async function change(): Promise<void> {
  const { id, editor } = shown();
  select(id, { nodes: Object.keys(editor.document.nodes).slice(0, 3) });
  runCommand('edit.duplicate');
  await allEditsKept();
}

/** Answers the window's own picker once it is shown. */
function pick(path: string | undefined): Promise<void> {
  return new Promise((resolve) => {
    const stop = usePathPicker.subscribe(({ asked }) => {
      if (!asked) return;
      stop();
      asked.answer(path);
      resolve();
    });
  });
}

/** Answers the next question once it is asked; returns its words. */
function answer(choice: string, before: () => void = () => undefined): Promise<string> {
  return new Promise((resolve) => {
    const stop = useQuestions.subscribe(({ waiting: [asked] }) => {
      if (asked?.kind !== 'choice') return;
      stop();
      expect([...asked.choices.map(({ id }) => id), 'cancel']).toContain(choice);
      before();
      asked.answer(choice);
      resolve(`${asked.title} ${asked.text}`);
    });
  });
}

async function saved(name = 'a.yard'): Promise<string> {
  const path = join(host.folder, name);
  void pick(path);
  expect(await save(shown())).toBe(true);
  return path;
}

describe('saving', () => {
  it('asks for a place the first time, then writes what is shown', async () => {
    await example();
    await change();
    const path = await saved('no ending');
    expect(shown()).toMatchObject({ path: `${path}.yard`, name: 'no ending.yard' });
    expect(edited()).toBe(false);
    expect(readFileSync(`${path}.yard`, 'utf8')).toBe(serialize(shown().editor.document));
    await change();
    expect(edited()).toBe(true);
    expect(await save(shown())).toBe(true);
    expect(readFileSync(`${path}.yard`, 'utf8')).toBe(serialize(shown().editor.document));
  });

  it('leaves everything as it was where no place is chosen', async () => {
    await example();
    await change();
    void pick(undefined);
    expect(await save(shown())).toBe(false);
    expect(edited()).toBe(true);
  });

  it('asks before it writes over what another program wrote', async () => {
    await example();
    const path = await saved();
    await change();
    writeFileSync(path, readFileSync(path, 'utf8').replace('"seed": 42', '"seed": 7'));
    void answer('cancel');
    expect(await save(shown())).toBe(false);
    expect(readFileSync(path, 'utf8')).toContain('"seed": 7');
    const asked = answer('replace');
    expect(await save(shown())).toBe(true);
    expect(await asked).toContain('changed by another program');
    expect(readFileSync(path, 'utf8')).toBe(serialize(shown().editor.document));
  });

  it('says what a full disk did, keeps the document, and tries again', async () => {
    await example();
    mkdirSync(join(host.folder, 'docs'));
    const path = await saved('docs/a.yard');
    const before = readFileSync(path, 'utf8');
    await change();
    host.full.add(join(host.folder, 'docs'));
    const asked = answer('cancel');
    expect(await save(shown())).toBe(false);
    expect(await asked).toContain('no space left');
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(edited()).toBe(true);
    void answer('again', () => host.full.clear());
    expect(await save(shown())).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(serialize(shown().editor.document));
  });
});

describe('the journal', () => {
  it('brings back every edit, undone ones too, after the window is gone', async () => {
    await example();
    await change();
    await change();
    runCommand('edit.undo');
    runCommand('node.layout');
    await allEditsKept();
    const text = serialize(shown().editor.document);
    await host.crash();
    const [recovery] = await ask('recovery:list', {});
    await openRecovery(recovery?.id ?? expect.fail('Nothing was kept.'));
    expect(serialize(shown().editor.document)).toBe(text);
    expect(edited()).toBe(true);
  });

  it('that cannot be written is told once, with its reason', async () => {
    await example();
    host.full.add(join(host.folder, 'data'));
    await change();
    await change();
    expect(useUi.getState().toasts.map(({ tone, text }) => [tone, text.includes('no space left')])).toEqual([
      ['error', true],
    ]);
    host.full.clear();
    useUi.setState({ toasts: [] });
    await change();
    expect(useUi.getState().toasts).toEqual([]);
  });

  it('goes on after the host lost the document', async () => {
    const tab = await example();
    await change();
    await ask('document:close', { id: tab.id, keepEdits: true });
    await change();
    expect(useUi.getState().toasts).toEqual([]);
    await attachAgain([tab]);
    await host.crash();
    const [recovery] = await ask('recovery:list', {});
    await openRecovery(recovery?.id ?? expect.fail('Nothing was kept.'));
    expect(serialize(shown().editor.document)).toBe(serialize(tab.editor.document));
  });
});

describe('closing', () => {
  it('asks only where something would be lost', async () => {
    const tab = await example();
    expect(await mayClose(tab)).toBe(true);
    await change();
    void answer('cancel');
    expect(await closeTab(shown())).toBe(false);
    void answer('drop');
    expect(await closeTab(shown())).toBe(true);
    expect(useWorkspace.getState().tabs).toEqual([]);
    expect(await ask('recovery:list', {})).toEqual([]);
  });

  it('of the window saves on the way out, once, and stays where that fails', async () => {
    await example();
    const path = await saved();
    await change();
    const asked = answer('save');
    await Promise.all([windowClosing(), windowClosing()]);
    expect(await asked).toContain('Save the changes');
    expect(readFileSync(path, 'utf8')).toBe(serialize(shown().editor.document));
    await change();
    void answer('cancel');
    await windowClosing();
    expect(edited()).toBe(true);
  });
});

describe('a file that another window has', () => {
  it('can be looked at, then taken over', async () => {
    await example();
    const path = await saved();
    await host.openWindow();
    await openPath(path);
    expect(shown().readOnly).toMatchObject({ code: 'document-open-elsewhere' });
    await takeOver(shown().id);
    expect(shown().readOnly).toBeUndefined();
    await change();
    expect(await save(shown())).toBe(true);
  });

  it('is not opened twice in one window', async () => {
    await example();
    const path = await saved();
    await openPath(path);
    expect(useWorkspace.getState().tabs).toHaveLength(1);
  });

  it('that is no pipeline is told with its reason, and nothing opens', async () => {
    mkdirSync(join(host.folder, 'x'));
    const path = join(host.folder, 'x/bad.yard');
    writeFileSync(path, 'hello');
    await openPath(path);
    expect(useUi.getState().toasts).toMatchObject([{ tone: 'error', fix: 'Choose a .yard file.' }]);
    expect(useWorkspace.getState().tabs).toEqual([]);
  });
});
