import { monoWidth, textWidth } from './text-width';

const grid = 8;
const widest = 360;
/** Padding at both sides, the icon and the gap behind it. */
const sides = 12 * 2;
const icon = 16 + 8;
const between = 12;

export const headHeight = 64;
const collapsedHeight = 40;
const portRow = 24;
/** Of the node, to the middle of its first port. */
const firstPort = 32;

export interface SizeInput {
  readonly title: string;
  /** Beside the title. */
  readonly name: string;
  /** The longest that stands at the right of the title. */
  readonly status: string;
  readonly fact: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly body: { readonly width: number; readonly height: number };
  readonly isCollapsed: boolean;
}

/** Width and height of a node: its title is never cut off, its edges are on the grid. */
export function nodeSize(input: SizeInput): { readonly width: number; readonly height: number } {
  const { title, name, status, fact, inputs, outputs, body, isCollapsed } = input;
  const named = name === '' ? 0 : 6 + monoWidth(name, 11);
  const stated = status === '' ? 0 : between + textWidth(status, 11.5);
  const head = sides + icon + textWidth(title, 13) + stated;
  const line = isCollapsed ? 0 : sides + monoWidth(fact, 12);
  const ports = isCollapsed ? 0 : sides + extraPorts(inputs, outputs);
  const wanted = Math.max(
    96,
    head,
    Math.min(widest, Math.max(head + named, line, ports)),
    isCollapsed ? 0 : body.width,
  );
  const rows = Math.max(inputs.length, outputs.length, 1);
  const height = isCollapsed ? collapsedHeight : headHeight + (rows - 1) * portRow + body.height;
  return { width: Math.ceil(wanted / grid) * grid, height: Math.ceil(height / grid) * grid };
}

/** Names of ports beyond the first stand inside, at their port. */
function extraPorts(inputs: readonly string[], outputs: readonly string[]): number {
  const rows = Array.from({ length: Math.max(inputs.length, outputs.length) - 1 }, (_, row) => {
    const [left = '', right = ''] = [inputs[row + 1], outputs[row + 1]];
    return monoWidth(left, 11) + monoWidth(right, 11) + (left && right ? between : 0);
  });
  return Math.max(0, ...rows);
}

/** From the top of the node to the middle of a port. */
export function portOffset(index: number, isCollapsed: boolean): number {
  if (isCollapsed) return collapsedHeight / 2;
  return index === 0 ? firstPort : headHeight + (index - 1) * portRow + 4;
}
