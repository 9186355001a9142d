import type { Problem } from '../../../src-shared/problem';
import type { DocumentRun } from '../../store/runs';

interface Sources {
  /** Without running anything. */
  readonly inferred: readonly Problem[];
  /** Found while the file was read. */
  readonly opened: readonly Problem[];
  readonly run: Pick<DocumentRun, 'run' | 'refused'>;
}

const ranks = { error: 0, warning: 1, info: 2 } as const satisfies Record<Problem['severity'], number>;

/** Everything that is wrong with a document or went wrong in its run, each once, the worst first. */
export function allProblems({ inferred, opened, run: { run, refused } }: Sources): Problem[] {
  const ofNodes = run.order.flatMap((name) =>
    (run.nodes[name]?.problems ?? []).map((problem) => ({ ...problem, node: problem.node ?? name })),
  );
  const found = [...inferred, ...opened, ...refused, ...run.problems, ...ofNodes];
  const each = new Map(found.map((problem) => [problemKey(problem), problem]));
  return [...each.values()].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}

/** The same for the same problem, wherever it was found. */
export function problemKey({ code, node, port, param, values }: Problem): string {
  return JSON.stringify([code, node, port, param, values]);
}
