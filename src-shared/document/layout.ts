import { Graph, layout } from '@dagrejs/dagre';
import type { NodeLookup } from '../nodes/catalog';
import { type Problem, problem } from '../problem';
import type { NodeId, YardDocument } from './document';
import { moveNodes } from './edit-nodes';
import { findRows, type Link } from './layout-rows';
import { wiresOf } from './wires';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface LayoutOptions {
  readonly sizeOf: (id: NodeId) => Size;
  readonly lookup: NodeLookup;
  /** Only these nodes move; absent: all. */
  readonly only?: readonly NodeId[];
}

const gap = { columns: 48, nodes: 32, rows: 72 } as const;
/** A row that is wider goes on in the next line. */
const widest = 1760;
const grid = 8;
/** Beyond this many nodes the search for few crossings takes longer than people wait. */
const most = 1500;

/**
 * Lays nodes out from left to right. A long chain of layers gets a row of its own, and so does what comes behind it,
 * so that a network is read like lines of text. The upper left corner stays where it is.
 */
export function layoutNodes(document: YardDocument, { sizeOf, lookup, only }: LayoutOptions): YardDocument | Problem {
  const ids = (only ?? Object.keys(document.nodes)).filter((id) => Object.hasOwn(document.nodes, id));
  if (ids.length === 0) return document;
  if (ids.length > most) return problem('layout-too-large', { nodes: ids.length, limit: most });
  const links = linksAmong(document, ids);
  const isLayer = (id: NodeId) => lookup(document.nodes[id]?.kind ?? '')?.layer !== undefined;
  const lines = findRows(ids, links, isLayer).flatMap((row) => breakLine(layoutRow(row, links, sizeOf), sizeOf));
  const [left, top] = cornerOf(document, ids);
  const laid = moveNodes(document, stack(lines, { left, top, sizeOf }));
  return clearNotes(laid, ids, sizeOf);
}

/** Notes that would lie among the nodes by now stand to the right of them, one below the other. */
function clearNotes(document: YardDocument, ids: readonly NodeId[], sizeOf: LayoutOptions['sizeOf']): YardDocument {
  const ends = ids.map((id) => {
    const [x = 0, y = 0] = document.nodes[id]?.position ?? [];
    return { right: x + sizeOf(id).width, bottom: y + sizeOf(id).height };
  });
  const [left, top] = cornerOf(document, ids);
  const right = Math.max(...ends.map((end) => end.right));
  const bottom = Math.max(...ends.map((end) => end.bottom));
  const among = Object.entries(document.notes).filter(
    ([
      ,
      {
        position: [x, y],
        size: [width, height],
      },
    ]) => {
      return x < right && x + width > left && y < bottom && y + height > top;
    },
  );
  let y = top;
  const moved = among
    .sort(([, a], [, b]) => a.position[1] - b.position[1])
    .map(([id, note]) => {
      const position = [snap(right + gap.columns), snap(y)] as const;
      y += note.size[1] + gap.nodes;
      return [id, { ...note, position }] as const;
    });
  return moved.length === 0 ? document : { ...document, notes: { ...document.notes, ...Object.fromEntries(moved) } };
}

function linksAmong(document: YardDocument, ids: readonly NodeId[]): Link[] {
  const known = new Set(ids);
  return wiresOf(document).flatMap(({ from, to }) => {
    return known.has(from.node) && known.has(to.node) && from.node !== to.node
      ? [{ from: from.node, to: to.node }]
      : [];
  });
}

interface Placed {
  readonly id: NodeId;
  readonly x: number;
  readonly y: number;
}

function layoutRow(ids: readonly NodeId[], links: readonly Link[], sizeOf: LayoutOptions['sizeOf']): Placed[] {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: gap.columns, nodesep: gap.nodes });
  for (const id of ids) graph.setNode(id, { ...sizeOf(id) });
  const inside = new Set(ids);
  for (const { from, to } of links) if (inside.has(from) && inside.has(to)) graph.setEdge(from, to, {});
  layout(graph);
  return ids.map((id) => {
    const { x = 0, y = 0 } = graph.node(id);
    const { width, height } = sizeOf(id);
    return { id, x: x - width / 2, y: y - height / 2 };
  });
}

/** Columns that do not fit go on in the next line. */
function breakLine(placed: readonly Placed[], sizeOf: LayoutOptions['sizeOf']): Placed[][] {
  const lines: Placed[][] = [];
  let start = Number.NEGATIVE_INFINITY;
  for (const item of [...placed].sort((a, b) => a.x - b.x)) {
    const line = lines.at(-1);
    if (line && item.x + sizeOf(item.id).width - start <= widest) line.push({ ...item, x: item.x - start });
    else {
      start = item.x;
      lines.push([{ ...item, x: 0 }]);
    }
  }
  return lines;
}

interface StackOptions {
  readonly left: number;
  readonly top: number;
  readonly sizeOf: LayoutOptions['sizeOf'];
}

function stack(lines: readonly (readonly Placed[])[], { left, top, sizeOf }: StackOptions) {
  const positions: Record<NodeId, readonly [number, number]> = {};
  let y = top;
  for (const line of lines) {
    const highest = Math.min(...line.map((item) => item.y));
    for (const item of line) positions[item.id] = [snap(left + item.x), snap(y + item.y - highest)];
    y += Math.max(...line.map((item) => item.y + sizeOf(item.id).height)) - highest + gap.rows;
  }
  return positions;
}

function snap(value: number): number {
  return Math.round(value / grid) * grid;
}

function cornerOf({ nodes }: YardDocument, ids: readonly NodeId[]): readonly [number, number] {
  const places = ids.map((id) => nodes[id]?.position ?? [0, 0]);
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))];
}
