import { CircleCheck } from 'lucide-react';
import { formatBytes } from '../../src-shared/number-text';
import { useTranslate } from '../i18n/i18n';
import { goTo } from './deploy-actions';
import { paceOf, type Sending, stepsDone } from './deploy-progress';
import { useDeploy } from './deploy-store';
import { PlanSummary, StepList } from './plan-view';
import { ProblemNote } from './problem-note';
import { cancelDeploy } from './send-actions';

/** A deployment while it goes, and how it ended. */
export function SendingView({ sending }: { readonly sending: Sending }) {
  const { state, problem, steps, action } = sending;
  return (
    <div className="deploy-stack">
      {state === 'running' || state === 'cancelling' ? <Pace sending={sending} /> : <End sending={sending} />}
      {problem ? (
        <ProblemNote problem={problem}>
          <ToSettings param={problem.param} />
        </ProblemNote>
      ) : null}
      {steps.length === 0 || (state === 'done' && action === 'start') ? null : (
        <>
          <PlanSummary steps={steps} />
          <StepList steps={steps} />
        </>
      )}
    </div>
  );
}

function ToSettings({ param }: { readonly param: string | undefined }) {
  const t = useTranslate();
  const canEdit = useDeploy(({ bundle, target }) => bundle !== undefined && target !== undefined);
  if (!canEdit) return null;
  return (
    <button type="button" className="button" data-param={param} onClick={() => goTo('settings')}>
      {t('deploy.toSettings')}
    </button>
  );
}

function Pace({ sending }: { readonly sending: Sending }) {
  const t = useTranslate();
  const { steps, state } = sending;
  const { moved, rate } = paceOf(sending);
  const total = steps.length;
  const done = stepsDone(sending);
  const label = t('deploy.sending', { done: Math.min(total, done + 1), total });
  return (
    <div className="deploy-pace">
      <div className="deploy-row">
        <span role="status">{label}</span>
        {moved > 0 && rate !== undefined ? (
          <span className="mono small muted">
            {t('deploy.rate', { moved: formatBytes(moved), rate: formatBytes(rate) })}
          </span>
        ) : null}
        <button
          type="button"
          className="button deploy-end"
          disabled={state === 'cancelling'}
          onClick={() => void cancelDeploy()}
        >
          {t(state === 'cancelling' ? 'deploy.cancelling' : 'deploy.cancel')}
        </button>
      </div>
      <progress className="deploy-progress" value={done} max={Math.max(1, total)} aria-label={label} />
    </div>
  );
}

function End({ sending: { state, action, sent = 0 } }: { readonly sending: Sending }) {
  const t = useTranslate();
  const hasPlace = useDeploy(({ chosen }) => chosen !== undefined);
  if (state !== 'done') {
    return <h3 role="status">{t(state === 'failed' ? 'deploy.sendFailed' : 'deploy.sendCancelled')}</h3>;
  }
  const said = sent === 0 ? t('deploy.sendNothing') : t('deploy.sendDone', { size: formatBytes(sent) });
  return (
    <div className="deploy-row">
      <p className="deploy-ok" role="status">
        <CircleCheck size={16} aria-hidden="true" /> {action === 'start' ? said : t('deploy.actDone')}
      </p>
      {action === 'start' && hasPlace ? (
        <button type="button" className="button primary deploy-end" onClick={() => goTo('use')}>
          {t('deploy.use')}
        </button>
      ) : null}
    </div>
  );
}
