import type { BoxIndex, KnownBox, Rect } from './box-index';
import { Lanes } from './lanes';
import { curve, middleOf, type Point, roundedPath } from './wire-path';

export interface WireEnds {
  readonly from: Point;
  readonly to: Point;
  /** Nodes at its ends: it may touch them. */
  readonly source: string;
  readonly target: string;
  /** The port it leaves: wires of one port share their way. */
  readonly trunk: string;
}

export interface WireRoute {
  readonly path: string;
  /** Straight pieces that the path follows. */
  readonly points: readonly Point[];
  readonly middle: Point;
}

/** Straight out of a port, before the first corner. */
const stub = 16;
/** Between a wire and a node that it passes. */
const clearance = 8;
const lanesTried = 120;
/** What a corner, and running on top of another wire, count for in units of length. */
const cornerCost = 24;
const sharedCost = 6;
/** Running along a wire from the same port is worth a small detour. */
const joinedGain = 0.1;
const offsets = [0, 8, -8, 16, -16, 24];

/**
 * The way of a wire around all nodes: an S where nothing is in between, else along lanes between the rows with round
 * corners. Where nothing is free it runs straight, under the nodes.
 */
export function routeWire(ends: WireEnds, boxes: BoxIndex, lanes = new Lanes()): WireRoute {
  const direct = directRoute(ends, boxes, lanes);
  if (direct) return direct;
  const points = tidy(findWay(ends, boxes, lanes) ?? plainWay(ends));
  lanes.take(points, ends.trunk);
  return { path: roundedPath(points), points, middle: middleOf(points) };
}

function directRoute(ends: WireEnds, boxes: BoxIndex, lanes: Lanes): WireRoute | undefined {
  const { from, to, trunk } = ends;
  const across = to.x - from.x;
  const down = Math.abs(to.y - from.y);
  if (across < 8 || down > across * 2.5) return undefined;
  if (down < 1) {
    if (!isFree(from, to, { ends, boxes }) || lanes.shared(from, to, trunk) > 0) return undefined;
    lanes.take([from, to], trunk);
    return { path: roundedPath([from, to]), points: [from, to], middle: middleOf([from, to]) };
  }
  const { path, points } = curve(from, to);
  const isClear = points.slice(1).every((point, index) => isFree(points[index] ?? point, point, { ends, boxes }));
  return isClear ? { path, points, middle: middleOf(points) } : undefined;
}

interface Way {
  readonly points: readonly Point[];
  readonly cost: number;
}

function findWay(ends: WireEnds, boxes: BoxIndex, lanes: Lanes): readonly Point[] | undefined {
  let best: Way | undefined;
  for (const y of laneCandidates(ends, boxes)) {
    const least = Math.abs(y - ends.from.y) + Math.abs(y - ends.to.y) + Math.abs(ends.to.x - ends.from.x);
    if (best && least * (1 - joinedGain) >= best.cost) break;
    const way = wayAlong(y, { ends, boxes, lanes }, best?.cost ?? Number.POSITIVE_INFINITY);
    if (way) best = way;
  }
  return best?.points;
}

/** Heights to run at: those of the ports, and close above and below every node around, nearest first. */
function laneCandidates({ from, to }: WireEnds, boxes: BoxIndex): number[] {
  const around = {
    left: Math.min(from.x, to.x) - 160,
    right: Math.max(from.x, to.x) + 160,
    top: Math.min(from.y, to.y) - 480,
    bottom: Math.max(from.y, to.y) + 480,
  };
  const found = new Set([from.y, to.y, Math.round((from.y + to.y) / 2)]);
  for (const { top, bottom } of boxes.within(around)) {
    for (const offset of offsets) {
      found.add(top - clearance - 8 + offset);
      found.add(bottom + clearance + 8 + offset);
    }
  }
  const length = (y: number) => Math.abs(y - from.y) + Math.abs(y - to.y);
  return [...found].sort((a, b) => length(a) - length(b)).slice(0, lanesTried * offsets.length);
}

interface Around {
  readonly ends: WireEnds;
  readonly boxes: BoxIndex;
}

interface Search extends Around {
  readonly lanes: Lanes;
}

/** Out of the port, to the lane, along it, and into the other port; undefined where that costs as much as `limit`. */
function wayAlong(y: number, search: Search, limit: number): Way | undefined {
  const { from, to } = search.ends;
  const out = y === from.y ? from.x : upright({ at: from, y, way: 1 }, search);
  const into = y === to.y ? to.x : upright({ at: to, y, way: -1 }, search);
  if (out === undefined || into === undefined) return undefined;
  if (y === from.y && into < from.x + stub / 2) return undefined;
  if (y === to.y && out > to.x - stub / 2) return undefined;
  const points = [from, { x: out, y: from.y }, { x: out, y }, { x: into, y }, { x: into, y: to.y }, to];
  const cost = costOf(points, search, limit);
  return cost < limit ? { points, cost } : undefined;
}

function costOf(points: readonly Point[], search: Search, limit: number): number {
  const way = tidy(points);
  let cost = (way.length - 2) * cornerCost;
  // What is too long is not looked at closely.
  if (cost + lengthOf(way) * (1 - joinedGain) >= limit) return Number.POSITIVE_INFINITY;
  for (const [index, b] of way.entries()) {
    const a = way[index - 1];
    if (!a) continue;
    if (!isFree(a, b, search)) return Number.POSITIVE_INFINITY;
    const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    const { lanes, ends } = search;
    cost +=
      length -
      Math.min(length, lanes.joined(a, b, ends.trunk)) * joinedGain +
      lanes.shared(a, b, ends.trunk) * sharedCost;
  }
  return cost;
}

function lengthOf(points: readonly Point[]): number {
  return points.reduce((sum, b, index) => {
    const a = points[index - 1] ?? b;
    return sum + Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  }, 0);
}

interface Climb {
  readonly at: Point;
  readonly y: number;
  /** Away from the port. */
  readonly way: 1 | -1;
}

/** The nearest free place beside a port to run up or down to a lane. */
function upright({ at, y, way }: Climb, search: Search): number | undefined {
  const { ends, lanes } = search;
  let x = at.x + way * stub;
  let crowded: number | undefined;
  for (let tries = 0; tries < 24; tries++) {
    if (!isFree(at, { x, y: at.y }, search)) return crowded;
    const hit = blocking({ x, y: at.y }, { x, y }, search);
    if (hit) x = way === 1 ? hit.right + clearance + 4 : hit.left - clearance - 4;
    else if (lanes.shared({ x, y: at.y }, { x, y }, ends.trunk) === 0) return x;
    else {
      crowded ??= x;
      x += way * 8;
    }
  }
  return crowded;
}

/** Nothing is free: over or under both nodes, as if they were alone. */
function plainWay({ from, to }: WireEnds): readonly Point[] {
  if (to.x >= from.x + stub * 2) {
    const x = Math.round((from.x + to.x) / 2);
    return [from, { x, y: from.y }, { x, y: to.y }, to];
  }
  const y = Math.abs(to.y - from.y) > 96 ? Math.round((from.y + to.y) / 2) : Math.max(from.y, to.y) + 64;
  const [out, into] = [from.x + stub, to.x - stub];
  return [from, { x: out, y: from.y }, { x: out, y }, { x: into, y }, { x: into, y: to.y }, to];
}

function isFree(a: Point, b: Point, around: Around): boolean {
  return blocking(a, b, around) === undefined;
}

/** A node that a straight piece would touch; its own ends it may touch from outside. */
function blocking(a: Point, b: Point, { ends, boxes }: Around): KnownBox | undefined {
  const piece = rectOf(a, b);
  return boxes.find(grown(piece, clearance), (box) => {
    const isEnd = box.id === ends.source || box.id === ends.target;
    return touches(box, isEnd ? -1 : clearance - 1, piece);
  });
}

function rectOf(a: Point, b: Point): Rect {
  return { left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y) };
}

function grown({ left, top, right, bottom }: Rect, by: number): Rect {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

/** A box, grown, and a rectangle that may be as thin as a line. */
function touches({ left, top, right, bottom }: Rect, by: number, thin: Rect): boolean {
  return (
    left - by < thin.right + 0.01 &&
    right + by > thin.left - 0.01 &&
    top - by < thin.bottom + 0.01 &&
    bottom + by > thin.top - 0.01
  );
}

/** Without pieces of no length and corners that are none. */
function tidy(points: readonly Point[]): Point[] {
  const result: Point[] = [];
  for (const point of points) {
    const [last, before] = [result.at(-1), result.at(-2)];
    if (last && last.x === point.x && last.y === point.y) continue;
    const isStraight =
      last && before && ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
    if (isStraight) result.pop();
    result.push(point);
  }
  return result;
}
