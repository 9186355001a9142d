import { formatBytes, formatSeconds } from '../../src-shared/number-text';
import { explainReason } from '../../src-shared/runs/reason-text';
import type { PlannedStep } from '../../src-shared/window-data';
import { useLanguage, useTranslate } from '../i18n/i18n';
import type { MessageKey } from '../i18n/messages';

const stateWords = {
  run: 'canvas.planStateRun',
  cached: 'canvas.planStateCached',
  traced: 'canvas.planStateTraced',
  blocked: 'canvas.planStateBlocked',
  off: 'canvas.planStateOff',
} as const satisfies Record<PlannedStep['state'], MessageKey>;

/** What a run would do, node by node, and why. */
export function PlanTable({ steps }: { readonly steps: readonly PlannedStep[] }) {
  const t = useTranslate();
  const language = useLanguage();
  return (
    <div className="plan-table scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('canvas.planNode')}</th>
            <th scope="col">{t('canvas.planState')}</th>
            <th scope="col">{t('canvas.planWhy')}</th>
            <th scope="col">{t('canvas.planTime')}</th>
            <th scope="col">{t('canvas.planMemory')}</th>
            <th scope="col">{t('canvas.planDisk')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ node, state, reason, estimate }) => (
            <tr key={node} data-state={state}>
              <th scope="row">{node}</th>
              <td>{t(stateWords[state])}</td>
              <td className="muted">{explainReason(reason, language)}</td>
              <td className="mono">{said(estimate?.seconds, state, formatSeconds)}</td>
              <td className="mono">{said(estimate?.bytes, state, formatBytes)}</td>
              <td className="mono">{said(estimate?.disk, state, formatBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function said(value: number | undefined, state: PlannedStep['state'], format: (value: number) => string): string {
  if (state !== 'run') return '';
  return value === undefined ? '—' : format(value);
}
