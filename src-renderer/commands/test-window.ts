import { applyPatches, enablePatches, type Patch } from 'immer';
import type { NodeId, PortRef, YardDocument } from '../../src-shared/document/document';
import { connect } from '../../src-shared/document/edit-edges';
import { addNode, moveNodes, renameNode, setParam } from '../../src-shared/document/edit-nodes';
import { updateNote } from '../../src-shared/document/edit-notes';
import { serialize } from '../../src-shared/document/save';
import { lookupNode, nodes } from '../../src-shared/nodes/catalog';
import { isProblem, type Problem } from '../../src-shared/problem';
import type { Editor } from '../store/editor';
import { type Selection, select } from '../store/ui';
import { addTab, type Tab, useWorkspace } from '../store/workspace';
import { pasteText, takeSelection } from './clipboard';
import { runCommand } from './run-command';

enablePatches();

const known = { lookup: lookupNode, nodes };

/** A window without React, a canvas or a host: real commands on a real document, by the names that people see. */
export class TestWindow {
  readonly tab: Tab;
  /** What the recovery journal was told, in order. */
  readonly told: { readonly label: string; readonly patches: readonly Patch[] }[] = [];
  private clipboard = '';

  constructor(readonly original: YardDocument) {
    useWorkspace.setState({ tabs: [], active: undefined });
    const opened = { id: 'test', name: 'test.yard', base: '/tmp', document: original, problems: [] };
    this.tab = addTab(opened, (_id, label, patches) => this.told.push({ label, patches }));
    select('test', {});
  }

  get editor(): Editor {
    return this.tab.editor;
  }

  get document(): YardDocument {
    return this.editor.document;
  }

  /** The file that a save would write. */
  get text(): string {
    return serialize(this.document);
  }

  /** What a recovery would bring back: the patches so far, on what was opened. */
  get recovered(): YardDocument {
    return this.told.reduce((document, { patches }) => applyPatches(document, patches), this.original);
  }

  id(name: string): NodeId {
    const found = Object.entries(this.document.nodes).find(([, node]) => node.name === name);
    if (!found) throw new Error(`There is no node ${name}.`);
    return found[0];
  }

  names(): string[] {
    return Object.values(this.document.nodes).map(({ name }) => name);
  }

  run(command: string): this {
    runCommand(command);
    return this;
  }

  select(selection: Partial<Selection>): this {
    select('test', selection);
    return this;
  }

  selectNamed(...names: string[]): this {
    return this.select({ nodes: names.map((name) => this.id(name)) });
  }

  add(kind: string, position: readonly [number, number] = [0, 0]): Problem | undefined {
    return this.editor.edit('node.add', (document) => {
      const added = addNode(document, { kind, position }, lookupNode);
      return isProblem(added) ? added : added.document;
    });
  }

  connect(from: PortRef, to: PortRef): Problem | undefined {
    return this.editor.edit('edge.add', (document) => connect(document, { from, to }, known));
  }

  rename(node: NodeId, name: string): Problem | undefined {
    return this.editor.edit('node.rename', (document) => renameNode(document, node, name));
  }

  set(node: NodeId, param: string, value: Parameters<typeof setParam>[1]['value']): Problem | undefined {
    return this.editor.edit('param.set', (document) => setParam(document, { id: node, param, value }, lookupNode));
  }

  write(note: string, text: string): void {
    this.editor.edit('note.change', (document) => updateNote(document, note, { text }));
  }

  /** Many steps under the pointer, one step of the history. */
  drag(node: NodeId, steps: readonly (readonly [number, number])[], end: 'commit' | 'abort' = 'commit'): void {
    this.editor.begin('node.move');
    for (const position of steps)
      this.editor.edit('node.move', (document) => moveNodes(document, { [node]: position }));
    this.editor[end]();
  }

  copy(): this {
    this.clipboard = takeSelection() ?? this.clipboard;
    return this;
  }

  paste(text = this.clipboard, keepIncoming = false): this {
    pasteText(text, keepIncoming);
    return this;
  }

  undoAll(): void {
    while (this.editor.undo() !== undefined);
  }

  redoAll(): void {
    while (this.editor.redo() !== undefined);
  }
}
