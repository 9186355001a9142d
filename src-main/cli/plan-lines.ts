import { formatBytes, formatSeconds } from '../../src-shared/number-text';
import { explainReason } from '../../src-shared/runs/reason-text';
import type { Estimate, PlanState, Reason } from '../../src-shared/runs/run-event';
import type { Language } from '../../src-shared/text';
import type { MessageName, Say } from './messages';
import { alignTable } from './table-text';

interface Planned {
  readonly node: string;
  readonly state: PlanState;
  readonly reason: Reason;
  readonly estimate?: Estimate;
}

/**
 * `Plan: 4 to run, 6 cached, about 48 s`; `at least` where a step has never run. Traced and switched-off steps take
 * nothing and are left out.
 */
export function planLine(steps: readonly Planned[], say: Say): string {
  const count = (state: PlanState) => steps.filter((step) => step.state === state).length;
  const running = steps.filter(({ state }) => state === 'run');
  const seconds = running.reduce((sum, { estimate }) => sum + (estimate?.seconds ?? 0), 0);
  const isWhole = running.every(({ estimate }) => estimate?.seconds !== undefined);
  const parts = [
    say('planRun', { count: count('run') }),
    say('planCached', { count: count('cached') }),
    ...(count('blocked') > 0 ? [say('planBlocked', { count: count('blocked') })] : []),
    ...(seconds > 0 ? [say(isWhole ? 'planAbout' : 'planAtLeast', { time: formatSeconds(seconds) })] : []),
  ];
  return say('plan', { parts: parts.join(say('comma')) });
}

/** Every step with its reason and estimate. */
export function planTable(steps: readonly Planned[], say: Say, language: Language): string[] {
  const head = (['tableNode', 'tableState', 'tableReason', 'tableEstimate'] as const).map((name) => say(name));
  const rows = steps.map((step) => [
    step.node,
    say(stateNames[step.state]),
    explainReason(step.reason, language),
    estimateText(step.estimate),
  ]);
  return alignTable([head, ...rows]);
}

const stateNames = {
  run: 'stateRun',
  cached: 'stateCached',
  traced: 'stateTraced',
  blocked: 'stateBlocked',
  off: 'stateOff',
} as const satisfies Record<PlanState, MessageName>;

function estimateText(estimate: Estimate | undefined): string {
  const seconds = estimate?.seconds === undefined ? [] : [formatSeconds(estimate.seconds)];
  const bytes = estimate?.bytes === undefined ? [] : [formatBytes(estimate.bytes)];
  const disk = estimate?.disk === undefined ? [] : [formatBytes(estimate.disk)];
  return [...seconds, ...bytes, ...disk].join('  ');
}
