import { formatBytes, formatSeconds } from '../../src-shared/number-text';
import { totalEstimate } from '../../src-shared/plan/estimate';
import type { PlannedStep } from '../../src-shared/window-data';
import type { Translate } from '../i18n/i18n';

/** A plan in one line: `6 cached · 4 to run · about 48 s · 1.2 GB`. */
export function planLine(steps: readonly PlannedStep[], t: Translate): string {
  const count = (state: PlannedStep['state']) => steps.filter((step) => step.state === state).length;
  const [cached, running, blocked] = [count('cached'), count('run'), count('blocked')];
  const { seconds, bytes } = totalEstimate(steps);
  // A step that cannot say how long it takes makes the sum a lower bound.
  const isPart = steps.some(({ state, estimate }) => state === 'run' && estimate?.seconds === undefined);
  const time =
    seconds === undefined
      ? ''
      : t(isPart ? 'canvas.planAtLeast' : 'canvas.planAbout', { time: formatSeconds(seconds) });
  return [
    cached > 0 ? t('canvas.planCached', { count: cached }) : '',
    running > 0 ? t('canvas.planRun', { count: running }) : blocked > 0 ? '' : t('canvas.planNothing'),
    blocked > 0 ? t('canvas.planBlocked', { count: blocked }) : '',
    running > 0 ? time : '',
    running > 0 && bytes !== undefined ? formatBytes(bytes) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
