import type { NodeRun } from '../../src-shared/runs/run-state';
import type { MessageKey } from '../i18n/messages';

/** What the states of a node in a run are called. */
export const nodeStateWords = {
  waiting: 'library.stateWaiting',
  running: 'library.stateRunning',
  run: 'library.stateWaiting',
  cached: 'library.stateCached',
  traced: 'library.stateTraced',
  blocked: 'library.stateBlocked',
  off: 'library.stateOff',
  done: 'library.stateDone',
  failed: 'library.stateFailed',
  cancelled: 'library.stateCancelled',
  skipped: 'library.stateSkipped',
} as const satisfies Record<NodeRun['state'], MessageKey>;
