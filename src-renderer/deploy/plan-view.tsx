import { formatBytes } from '../../src-shared/number-text';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { leaving, type SendingStep } from './deploy-progress';

type Planned = Pick<SendingStep, 'id' | 'does' | 'transfer'> & Partial<Pick<SendingStep, 'state' | 'message'>>;

const marks = { waiting: '·', started: '…', there: '=', done: '✓' } as const;
const words = {
  waiting: 'deploy.stepWaiting',
  started: 'deploy.stepStarted',
  there: 'deploy.stepThere',
  done: 'deploy.stepDone',
} as const;

/** What leaves this machine, in one line. */
export function PlanSummary({ steps }: { readonly steps: readonly Planned[] }) {
  const t = useTranslate();
  const { bytes, hosts } = leaving(steps);
  const count = t('deploy.planSteps', { count: steps.length });
  const what =
    hosts.length === 0
      ? t('deploy.planStays')
      : t('deploy.planLeaves', { size: formatBytes(bytes), hosts: hosts.join(', ') });
  return (
    <p className="deploy-summary">
      <strong>{what}</strong> <span className="muted">· {count}</span>
    </p>
  );
}

/** Every step with what it moves and where to; while it is sent, with its state. */
export function StepList({ steps }: { readonly steps: readonly Planned[] }) {
  const t = useTranslate();
  const language = useLanguage();
  // One place for all stands in the line above.
  const isOnePlace = new Set(steps.flatMap(({ transfer }) => transfer?.to ?? [])).size < 2;
  return (
    <ol className="deploy-steps">
      {steps.map(({ id, does, transfer, state, message }) => (
        <li key={id} data-state={state ?? 'planned'}>
          {state ? (
            <span className="deploy-mark" role="img" aria-label={t(words[state])}>
              {marks[state]}
            </span>
          ) : null}
          <span className="deploy-step-text">
            {does[language]}
            {state === 'started' && message ? <span className="muted small"> · {message}</span> : null}
          </span>
          {transfer ? (
            <span className="mono small muted deploy-transfer">
              {formatBytes(transfer.bytes)}
              {isOnePlace ? null : ` → ${transfer.to}`}
            </span>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
