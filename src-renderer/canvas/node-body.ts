import type { NodeRun } from '../../src-shared/runs/run-state';

/** What stands below the two lines of a node, where it earns its place. */
export interface NodeBody {
  readonly kind: 'none' | 'training' | 'confusion';
  /** The least that it needs. */
  readonly width: number;
  readonly height: number;
}

const none: NodeBody = { kind: 'none', width: 0, height: 0 };

/** Classes beyond which a matrix in a node says nothing. */
export const mostClasses = 20;
const matrixSide = 120;

export function nodeBody(run: NodeRun | undefined): NodeBody {
  if (run?.training || (run && run.loss.steps > 0)) return { kind: 'training', width: 264, height: 112 };
  if (run?.report?.kind === 'classification') {
    const classes = run.report.classes.length;
    return classes <= mostClasses ? { kind: 'confusion', width: 176, height: classes * cellSize(classes) + 20 } : none;
  }
  return none;
}

export function cellSize(classes: number): number {
  return Math.max(5, Math.min(16, Math.floor(matrixSide / classes)));
}
