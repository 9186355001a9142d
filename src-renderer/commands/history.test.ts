import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PortRef, YardDocument } from '../../src-shared/document/document';
import { loadDocument } from '../../src-shared/document/load';
import { serialize } from '../../src-shared/document/save';
import { wiresOf } from '../../src-shared/document/wires';
import { lookupNode, nodes } from '../../src-shared/nodes/catalog';
import type { ParamDeclaration } from '../../src-shared/types/params';
import { allCommands } from './command-list';
import { TestWindow } from './test-window';

const isLong = process.env.MODELYARD_LONG_TESTS === '1';
const folder = new URL('../../resources/examples/', import.meta.url);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.yard'))
  .map((name) => {
    const { document = expect.fail(name) } = loadDocument(readFileSync(new URL(name, folder), 'utf8'), {
      lookup: lookupNode,
    });
    return { text: serialize(document), document };
  });

/** Commands that edit, by id; those that copy or paste go through the clipboard, which the driver stands in for. */
const editing = allCommands
  .filter(({ id, isClipboard }) => /^(edit|node|group|note)\./.test(id) && !isClipboard)
  .map(({ id }) => id)
  // They only open something.
  .filter((id) => !['node.add', 'node.connect', 'node.rename', 'group.rename'].includes(id));

type Act = (window: TestWindow) => void;

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
const place = fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 }));

const selecting: fc.Arbitrary<Act> = fc
  .tuple(fc.array(fc.nat(), { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 2 }), fc.boolean())
  .map(([picked, others, withOthers]) => (window) => {
    const { nodes: all, edges, notes } = window.document;
    const choose = (record: object, by: readonly number[]) => {
      const ids = Object.keys(record);
      return [...new Set(by.flatMap((index) => at(ids, index) ?? []))];
    };
    window.select({
      nodes: choose(all, picked),
      ...(withOthers ? { edges: choose(edges, others), notes: choose(notes, others) } : {}),
    });
  });

const commanding: fc.Arbitrary<Act> = fc.constantFrom(...editing).map((id) => (window) => void window.run(id));

/** Rare otherwise: what is selected must be in a group. */
const grouping: fc.Arbitrary<Act> = fc
  .tuple(selecting, fc.constantFrom('group.dissolve', 'edit.delete', 'edit.undo', 'edit.duplicate'))
  .map(([choose, then]) => (window) => {
    choose(window);
    window.run('group.create').run(then);
  });

const adding: fc.Arbitrary<Act> = fc.tuple(fc.constantFrom(...nodes.map(({ kind }) => kind)), place).map(
  ([kind, position]) =>
    (window) =>
      void window.add(kind, position),
);

/** Half of the time a wire that was there, so that reconnecting happens; else any two ports. */
const connecting: fc.Arbitrary<Act> = fc
  .tuple(fc.nat(), fc.nat(), fc.nat(), fc.boolean())
  .map(([i, j, k, isSimilar]) => (window) => {
    const { nodes: all } = window.document;
    const [source, target] = [at(Object.entries(all), i), at(Object.entries(all), j)];
    const wire = at(wiresOf(window.document), k);
    if (!source || !target) return;
    const from: PortRef = {
      node: source[0],
      port: at(Object.keys(lookupNode(source[1].kind)?.outputs ?? {}), k) ?? '',
    };
    const to = { node: target[0], port: at(Object.keys(lookupNode(target[1].kind)?.inputs ?? {}), k) ?? '' };
    window.connect(isSimilar && wire ? wire.from : from, isSimilar && wire ? { ...wire.to, node: target[0] } : to);
  });

const renaming: fc.Arbitrary<Act> = fc
  .tuple(fc.nat(), fc.constantFrom('x', 'train', '训练', 'a.b', '', 'conv2d_1', 'constructor'))
  .map(
    ([index, name]) =>
      (window) =>
        void window.rename(at(Object.keys(window.document.nodes), index) ?? '', name),
  );

const setting: fc.Arbitrary<Act> = fc.tuple(fc.nat(), fc.nat(), fc.nat(50)).map(([i, j, value]) => (window) => {
  const entry = at(Object.entries(window.document.nodes), i);
  const [param, declared] = at(Object.entries((entry && lookupNode(entry[1].kind)?.params) ?? {}), j) ?? [];
  if (entry && param !== undefined && declared) window.set(entry[0], param, valueFor(declared, value));
});

function valueFor(declared: ParamDeclaration, value: number) {
  if (declared.type === 'int') return value;
  if (declared.type === 'float') return value / 100;
  if (declared.type === 'bool') return value % 2 === 0;
  if (declared.type === 'choice') return declared.options[value % declared.options.length]?.value ?? '';
  if (declared.type === 'pair') return [value, 1 + (value % 3)];
  return declared.type === 'columns' ? ['a', 'b'].slice(value % 2) : `text ${value}`;
}

const dragging: fc.Arbitrary<Act> = fc
  .tuple(
    fc.nat(),
    fc.array(place, { minLength: 1, maxLength: 8 }),
    fc.constantFrom('commit' as const, 'abort' as const),
  )
  .map(([index, steps, end]) => (window) => {
    const id = at(Object.keys(window.document.nodes), index);
    if (id !== undefined) window.drag(id, steps, end);
  });

const noting: fc.Arbitrary<Act> = fc.tuple(fc.nat(), fc.string({ maxLength: 5 })).map(([index, text]) => (window) => {
  const id = at(Object.keys(window.document.notes), index);
  if (id !== undefined) window.write(id, text);
});

const copying: fc.Arbitrary<Act> = fc.constant((window) => void window.copy());
const pasting: fc.Arbitrary<Act> = fc.boolean().map((keep) => (window) => void window.paste(undefined, keep));
const pastingNoise: fc.Arbitrary<Act> = fc.string({ maxLength: 8 }).map((text) => (window) => void window.paste(text));

const act = fc.oneof(
  { weight: 4, arbitrary: selecting },
  { weight: 8, arbitrary: commanding },
  ...[grouping, adding, connecting, renaming, setting, dragging, noting, copying, pasting, pastingNoise],
);
const example = fc.constantFrom(...examples);

/** Pastes of pastes double a document; what is tested does not need more than this. */
const most = 120;

function play(window: TestWindow, acts: readonly Act[], after: () => void = () => undefined): void {
  for (const each of acts) {
    if (Object.keys(window.document.nodes).length > most) break;
    each(window);
    after();
  }
}

const everyEdit = [
  ...['edit.paste', 'edit.duplicate', 'edit.delete', 'group.create', 'group.dissolve', 'note.add', 'note.change'],
  ...['node.add', 'node.move', 'node.mute', 'node.bypass', 'node.collapse', 'node.layout', 'node.align', 'node.rename'],
  ...['node.distribute', 'edge.add', 'param.set'],
];

describe('history', () => {
  it('takes everything back to the same bytes, and brings it all again', () => {
    const labels = new Set<string>();
    fc.assert(
      fc.property(example, fc.array(act, { maxLength: 30 }), ({ text, document }, acts) => {
        const window = new TestWindow(document);
        play(window, acts);
        // What was undone at last is brought again too.
        window.redoAll();
        const end = window.text;
        window.undoAll();
        expect(window.text).toBe(text);
        window.redoAll();
        expect(window.text).toBe(end);
        for (const { label } of window.told) labels.add(label);
      }),
      { numRuns: isLong ? 10_000 : 1000 },
    );
    // No kind of edit was left out by chance or by a mistake of this test.
    expect(everyEdit.filter((label) => !labels.has(label))).toEqual([]);
  });

  it('makes documents that come back the same from their file', () => {
    fc.assert(
      fc.property(example, fc.array(act, { maxLength: 30 }), ({ document }, acts) => {
        const window = new TestWindow(document);
        play(window, acts);
        const read = loadDocument(window.text, { lookup: lookupNode });
        expect(read.document && serialize(read.document)).toBe(window.text);
      }),
      { numRuns: isLong ? 2000 : 200 },
    );
  });

  it('tells the journal, step by step, the same document', () => {
    fc.assert(
      fc.property(example, fc.array(act, { maxLength: 12 }), ({ document }, acts) => {
        const window = new TestWindow(document);
        play(window, acts, () => expect(serialize(window.recovered)).toBe(window.text));
      }),
      { numRuns: isLong ? 10_000 : 500 },
    );
  });

  it('is plain data for the journal: what arrives over a wire is the same', () => {
    fc.assert(
      fc.property(example, fc.array(act, { maxLength: 12 }), ({ document }, acts) => {
        const window = new TestWindow(document);
        play(window, acts);
        expect(JSON.parse(JSON.stringify(window.told))).toEqual(window.told);
      }),
      { numRuns: 100 },
    );
  });

  it('runs every editing command at least once', () => {
    const document: YardDocument = examples[0]?.document ?? expect.fail();
    for (const id of editing) {
      const window = new TestWindow(document).run('note.add').run('edit.selectAll').run('group.create');
      expect(() => window.run(id), id).not.toThrow();
    }
  });
});
