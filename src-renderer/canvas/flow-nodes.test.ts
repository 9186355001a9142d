import { beforeAll, describe, expect, it } from 'vitest';
import { moveNodes } from '../../src-shared/document/edit-nodes';
import { addNote } from '../../src-shared/document/edit-notes';
import { chain, lookupTestNode } from '../../src-shared/document/test-nodes';
import { setUpI18n, translate } from '../i18n/i18n';
import { Editor } from '../store/editor';
import { dragged, dropped } from './drag';
import { FlowNodes, type Moved, nodeBoxes } from './flow-nodes';
import { nodeFace } from './node-face';

const noted = addNote(chain(), { text: 'why', position: [0, 400], size: [160, 80] }).document;
const document = { ...noted, groups: { g1: { title: 'Data', nodes: ['a', 'b'] } } };
const still: Moved = new Map();
const nothing = { nodes: [], edges: [], notes: [] };

beforeAll(() => setUpI18n('en'));

function facesOf(nodes: typeof document.nodes) {
  const common = { run: undefined, step: undefined, problems: [], isReading: false, isRunning: false } as const;
  return new Map(
    Object.entries(nodes).map(([id, node]) => {
      const wired = { inputs: [], outputs: [] };
      const unknown = () => undefined;
      const definition = lookupTestNode(node.kind);
      return [
        id,
        nodeFace({
          ...common,
          node,
          definition,
          wired,
          typeOf: unknown,
          enters: unknown,
          t: translate,
          language: 'en',
        }),
      ];
    }),
  );
}

function setUp() {
  const faces = facesOf(document.nodes);
  const tab = { id: 'd', name: 'd', base: '/', problems: [], editor: new Editor(document) };
  const flow = new FlowNodes();
  const draw = (
    now = document,
    moved = still,
    selection = nothing as { nodes: string[]; edges: string[]; notes: string[] },
  ) => flow.update({ tab, document: now, faces, boxes: nodeBoxes(now, faces, moved), moved, selection });
  return { faces, draw };
}

describe('what the canvas draws', () => {
  it('is the same list, and the same objects, while nothing changes', () => {
    const { draw } = setUp();
    const first = draw();
    expect(draw()).toBe(first);
    const next = draw(moveNodes(document, { e: [900, 0] }) as typeof document);
    const changed = next.filter((node, index) => node !== first[index]).map(({ id }) => id);
    expect(changed).toEqual(['e']);
    const picked = draw(document, still, { nodes: ['c'], edges: [], notes: [] });
    expect(picked.filter(({ selected }) => selected).map(({ id }) => id)).toEqual(['c']);
  });

  it('has its size and ports at once, so that nothing is measured', () => {
    const { draw } = setUp();
    const train = draw().find(({ id }) => id === 'd');
    expect(train?.measured).toEqual({ width: train?.width, height: train?.height });
    expect(train?.handles?.map(({ id, type }) => `${type} ${id}`)).toEqual([
      'target dataset',
      'target output',
      'source model',
      'source estimator',
    ]);
  });

  it('puts a frame around the nodes of a group', () => {
    const { draw, faces } = setUp();
    const frame = draw().find(({ id }) => id === 'frame:g1');
    const boxes = nodeBoxes(document, faces, still);
    expect(frame?.position.x).toBeLessThan(Math.min(boxes.a?.x ?? 0, boxes.b?.x ?? 0));
    expect(frame).toMatchObject({ type: 'frame', selectable: false });
  });
});

describe('a drag', () => {
  it('stays beside the document until it is dropped, nodes and notes in one edit', () => {
    const { faces } = setUp();
    const around = { document, faces, frames: {} };
    const changes = [
      { id: 'c', type: 'position', position: { x: 80, y: 88 }, dragging: true },
      { id: 'note:t1', type: 'position', position: { x: 8, y: 16 }, dragging: true },
    ] as const;
    const moved = dragged(still, [...changes], around);
    const after = dropped(document, moved);
    expect(after.nodes.c?.position).toEqual([80, 88]);
    expect(after.notes.t1?.position).toEqual([8, 16]);
    expect(after.nodes.a).toBe(document.nodes.a);
  });

  it('of a frame takes its nodes along', () => {
    const { faces } = setUp();
    const frames = { 'frame:g1': { x: 0, y: 0, width: 10, height: 10 } };
    const change = { id: 'frame:g1', type: 'position', position: { x: 16, y: -8 }, dragging: true } as const;
    const after = dropped(document, dragged(still, [change], { document, faces, frames }));
    const [x = 0, y = 0] = document.nodes.b?.position ?? [];
    expect(after.nodes.b?.position).toEqual([x + 16, y - 8]);
    expect(after.nodes.c).toBe(document.nodes.c);
  });
});
