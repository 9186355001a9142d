import type { Patch } from 'immer';
import { describe, expect, it } from 'vitest';
import { moveNodes, removeNodes, renameNode } from '../../src-shared/document/edit-nodes';
import { chain } from '../../src-shared/document/test-nodes';
import { problem } from '../../src-shared/problem';
import { Editor, isEdited, savePoint } from './editor';

const rename = (name: string) => (document: ReturnType<typeof chain>) => renameNode(document, 'd', name);
const move = (x: number) => (document: ReturnType<typeof chain>) => moveNodes(document, { a: [x, 0] });
function edited() {
  const told: { label: string; patches: readonly Patch[] }[] = [];
  const editor = new Editor(chain(), { onPatches: (label, patches) => told.push({ label, patches }) });
  return { editor, told, state: () => editor.store.getState() };
}

describe('edits and gestures', () => {
  it('makes one undo step of an edit, and none of an edit that changes nothing', () => {
    const { editor, told, state } = edited();
    editor.edit('node.rename', rename('trainer'));
    editor.edit('node.rename', rename('trainer'));
    editor.edit('node.move', (document) => ({ ...document, nodes: { ...document.nodes } }));
    expect(state().past.map(({ label }) => label)).toEqual(['node.rename']);
    expect(told).toEqual([
      { label: 'node.rename', patches: [{ op: 'replace', path: ['nodes', 'd'], value: editor.document.nodes.d }] },
    ]);
  });

  it('hands a refusal back and leaves everything as it was', () => {
    const { editor, told, state } = edited();
    const before = state();
    expect(editor.edit('node.rename', () => problem('name-invalid'))).toMatchObject({ code: 'name-invalid' });
    expect(state()).toBe(before);
    expect(told).toEqual([]);
  });

  it('makes one step of a gesture, and none where it is taken back', () => {
    const { editor, told, state } = edited();
    editor.begin('node.move');
    for (let x = 1; x <= 50; x++) editor.edit('node.move', move(x));
    expect(told).toEqual([]);
    expect(isEdited(state())).toBe(true);
    editor.commit();
    expect(state().past).toHaveLength(1);
    expect(told).toHaveLength(1);
    editor.begin('node.move');
    editor.edit('node.move', move(99));
    editor.abort();
    expect(editor.document.nodes.a?.position).toEqual([50, 0]);
    expect(state().past).toHaveLength(1);
    expect(editor.undo()).toBe('node.move');
    expect(editor.document).toEqual(chain());
  });

  it('ends a gesture before undo, before redo and before another gesture', () => {
    const { editor, state } = edited();
    editor.begin('node.move');
    editor.edit('node.move', move(1));
    editor.begin('param.set');
    editor.edit('param.set', rename('x'));
    expect(state().past.map(({ label }) => label)).toEqual(['node.move']);
    expect(editor.undo()).toBe('param.set');
    expect(editor.redo()).toBe('param.set');
    expect(editor.document.nodes.d?.name).toBe('x');
  });
});

describe('history', () => {
  it('drops the future with the next edit', () => {
    const { editor, state } = edited();
    editor.edit('node.rename', rename('x'));
    editor.undo();
    editor.edit('node.rename', rename('y'));
    expect(state().future).toEqual([]);
    expect(editor.redo()).toBeUndefined();
  });

  it('knows whether the file holds what is shown, back and forth', () => {
    const { editor, state } = edited();
    expect(isEdited(state())).toBe(false);
    editor.edit('node.rename', rename('x'));
    expect(isEdited(state())).toBe(true);
    editor.markSaved(savePoint(state()));
    expect(isEdited(state())).toBe(false);
    editor.undo();
    expect(isEdited(state())).toBe(true);
    editor.redo();
    expect(isEdited(state())).toBe(false);
    editor.undo();
    editor.edit('node.rename', rename('y'));
    editor.undo();
    expect(isEdited(state())).toBe(true);
    expect(isEdited(new Editor(chain(), { isEdited: true }).store.getState())).toBe(true);
  });

  it('counts revisions, so that answers for an older document can be told', () => {
    const { editor, state } = edited();
    editor.edit('node.move', move(5));
    editor.undo();
    const { revision } = state();
    expect(revision).toBe(2);
    editor.replace(removeNodes(chain(), ['e']));
    expect(state()).toMatchObject({ revision: 3, past: [], future: [], saved: 'start' });
    expect(editor.undo()).toBeUndefined();
  });
});
