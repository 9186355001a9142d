import type { NodeRun } from '../../src-shared/runs/run-state';
import { textWidth } from './text-width';

/** What stands below the two lines of a node, where it earns its place. */
export interface NodeBody {
  readonly kind: 'none' | 'training' | 'confusion' | 'problem';
  /** The least that it needs. */
  readonly width: number;
  readonly height: number;
}

const none: NodeBody = { kind: 'none', width: 0, height: 0 };
const problemWidth = 224;
const lineHeight = 18;

/** Classes beyond which a matrix in a node says nothing. */
export const mostClasses = 20;
const matrixSide = 120;

export function nodeBody(run: NodeRun | undefined, problem: string | undefined): NodeBody {
  if (problem !== undefined) return problemBody(problem);
  if (run?.training || (run && run.loss.steps > 0)) return { kind: 'training', width: 320, height: 112 };
  if (run?.report?.kind === 'classification') {
    const classes = run.report.classes.length;
    return classes <= mostClasses ? { kind: 'confusion', width: 176, height: classes * cellSize(classes) + 20 } : none;
  }
  return none;
}

function problemBody(problem: string): NodeBody {
  const lines = Math.min(3, Math.ceil((textWidth(problem, 12) * 1.08) / (problemWidth - 24)));
  return { kind: 'problem', width: problemWidth, height: lines * lineHeight + 10 };
}

export function cellSize(classes: number): number {
  return Math.max(5, Math.min(16, Math.floor(matrixSide / classes)));
}
