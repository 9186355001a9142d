export interface Point {
  readonly x: number;
  readonly y: number;
}

const cornerRadius = 18;

/** An SVG path along points, with round corners. */
export function roundedPath(points: readonly Point[], radius = cornerRadius): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M${first.x},${first.y}`];
  rest.forEach((point, index) => {
    const before = points[index] ?? first;
    const after = rest[index + 1];
    if (!after) parts.push(`L${point.x},${point.y}`);
    else parts.push(corner({ before, point, after }, radius));
  });
  return parts.join(' ');
}

interface Corner {
  readonly before: Point;
  readonly point: Point;
  readonly after: Point;
}

function corner({ before, point, after }: Corner, radius: number): string {
  const size = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2);
  const [start, end] = [towards(point, before, size), towards(point, after, size)];
  return `L${start.x},${start.y} Q${point.x},${point.y} ${end.x},${end.y}`;
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Half the way along the points. */
export function middleOf(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((point, index) => distance(points[index] ?? point, point));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [index, length] of lengths.entries()) {
    const [a, b] = [points[index], points[index + 1]];
    if (a && b && left <= length) return towards(a, b, left);
    left -= length;
  }
  return points[0] ?? { x: 0, y: 0 };
}

/** An S from left to right, as an SVG path and as points along it. */
export function curve(from: Point, to: Point): { readonly path: string; readonly points: readonly Point[] } {
  const bend = Math.min((to.x - from.x) / 2, Math.max(24, Math.abs(to.y - from.y)));
  const [a, b] = [from.x + bend, to.x - bend];
  const points = Array.from({ length: 17 }, (_, step) => {
    const t = step / 16;
    const s = 1 - t;
    return {
      x: s ** 3 * from.x + 3 * s * s * t * a + 3 * s * t * t * b + t ** 3 * to.x,
      y: (s ** 3 + 3 * s * s * t) * from.y + (3 * s * t * t + t ** 3) * to.y,
    };
  });
  return { path: `M${from.x},${from.y} C${a},${from.y} ${b},${to.y} ${to.x},${to.y}`, points };
}
