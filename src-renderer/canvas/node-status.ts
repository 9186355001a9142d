import type { YardNode } from '../../src-shared/document/document';
import { formatSeconds } from '../../src-shared/number-text';
import type { Problem } from '../../src-shared/problem';
import type { NodeRun } from '../../src-shared/runs/run-state';
import type { PlannedStep } from '../../src-shared/window-data';
import type { Translate } from '../i18n/i18n';

/** What a node says of itself at the right of its title. */
export interface NodeStatus {
  readonly sign: string;
  readonly text: string;
  readonly tone: 'quiet' | 'ok' | 'busy' | 'warn' | 'error';
  /** Widest text of this state: so that a node does not change its width while it counts. */
  readonly room?: string;
}

export interface StatusInput {
  readonly node: YardNode;
  /** This version has its kind. */
  readonly isKnown: boolean;
  readonly run: NodeRun | undefined;
  readonly step: PlannedStep | undefined;
  /** What is wrong besides ports that nothing enters yet. */
  readonly problems: readonly Problem[];
  /** Its file is still being read. */
  readonly isReading: boolean;
  /** A run of the document is under way. */
  readonly isRunning: boolean;
  readonly t: Translate;
}

/** The one state that matters most now; undefined where there is nothing to say. */
export function nodeStatus(input: StatusInput): NodeStatus | undefined {
  const { node, isKnown, isReading, t } = input;
  if (!isKnown) return { sign: '▲', text: t('canvas.unknownKind'), tone: 'warn' };
  if (node.muted) return quiet(t('canvas.stateMuted'));
  if (node.bypassed) return quiet(t('canvas.stateBypassed'));
  return underWay(input) ?? wrong(input) ?? (isReading ? quiet(t('canvas.reading')) : settled(input));
}

function quiet(text: string, sign = ''): NodeStatus {
  return { sign, text, tone: 'quiet' };
}

function underWay({ run, isRunning, t }: StatusInput): NodeStatus | undefined {
  if (!run || !isRunning) return undefined;
  if (run.state === 'running') return { sign: '●', tone: 'busy', ...progressText(run, t) };
  return run.state === 'waiting' ? quiet(t('canvas.stateWaiting')) : undefined;
}

function progressText({ training, progress }: NodeRun, t: Translate): Pick<NodeStatus, 'text' | 'room'> {
  if (training?.folds !== undefined) {
    const { fold = 1, folds } = training;
    return { text: t('canvas.stateFold', { fold, folds }), room: t('canvas.stateFold', { fold: folds, folds }) };
  }
  if (training) {
    const { epoch, epochs } = training;
    return { text: t('canvas.stateEpoch', { epoch, epochs }), room: t('canvas.stateEpoch', { epoch: epochs, epochs }) };
  }
  if (progress && progress.total > 0) {
    const share = Math.min(100, Math.floor((progress.done / progress.total) * 100));
    return { text: t('canvas.stateShare', { share }), room: t('canvas.stateShare', { share: 100 }) };
  }
  return { text: t('canvas.stateRunning') };
}

function wrong({ run, problems, t }: StatusInput): NodeStatus | undefined {
  if (run?.state === 'failed') return { sign: '▲', text: t('canvas.stateFailed'), tone: 'error' };
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return { sign: '▲', text: t('canvas.stateProblem', { count: errors }), tone: 'error' };
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  return warnings > 0 ? { sign: '▲', text: t('canvas.stateWarning', { count: warnings }), tone: 'warn' } : undefined;
}

function settled({ run, step, isRunning, t }: StatusInput): NodeStatus | undefined {
  if (!isRunning && isStale(run, step)) return { sign: '↻', text: t('canvas.stateStale'), tone: 'warn' };
  if (run?.state === 'done') return { sign: '✓', text: formatSeconds(run.seconds ?? 0), tone: 'ok' };
  if (run?.state === 'cancelled') return quiet(t('canvas.stateCancelled'));
  if (run?.state === 'skipped') return quiet(t('canvas.stateSkipped'));
  const isCached = run?.state === 'cached' || (!isRunning && step?.state === 'cached');
  return isCached ? quiet(t('canvas.stateCached'), '◇') : undefined;
}

/** It has a result, and would run again. */
function isStale(run: NodeRun | undefined, step: PlannedStep | undefined): boolean {
  if (step?.state !== 'run') return false;
  return run?.state === 'done' || run?.state === 'cached' || !fresh.has(step.reason.code);
}

/** Reasons to run that do not tell of an older result. */
const fresh = new Set<PlannedStep['reason']['code']>([
  'first-run',
  'not-finished',
  'not-kept',
  'no-cache',
  'not-needed',
]);
