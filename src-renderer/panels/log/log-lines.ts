import type { RunState } from '../../../src-shared/runs/run-state';

export interface LogLine {
  /** ISO 8601. */
  readonly at: string;
  /** Name of the node. */
  readonly node: string;
  readonly level: 'info' | 'warning';
  readonly message: string;
}

export interface LogFilter {
  /** Empty: all. */
  readonly node: string;
  readonly isWarningsOnly: boolean;
}

/** What all nodes of a run have said, in the order of time. */
export function logLines({ nodes, order }: Pick<RunState, 'nodes' | 'order'>, filter: LogFilter): LogLine[] {
  const names = filter.node === '' ? order : order.filter((name) => name === filter.node);
  const lines = names.flatMap((node) => (nodes[node]?.logs ?? []).map((line) => ({ ...line, node })));
  const shown = filter.isWarningsOnly ? lines.filter(({ level }) => level === 'warning') : lines;
  return shown.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Names of the nodes that have said anything. */
export function speakers({ nodes, order }: Pick<RunState, 'nodes' | 'order'>): string[] {
  return order.filter((name) => (nodes[name]?.logs.length ?? 0) > 0);
}

/** The lines as text, for a message to somebody who helps. */
export function logText(lines: readonly LogLine[]): string {
  return lines.map(({ at, node, level, message }) => `${at} ${level} ${node}: ${message}`).join('\n');
}
