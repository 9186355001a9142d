import { useTranslate } from '../i18n/i18n';
import { goTo, loadPlan } from './deploy-actions';
import { isSending, type PlanAnswer, useDeploy } from './deploy-store';
import { PlanSummary, StepList } from './plan-view';
import { ProblemNote } from './problem-note';
import { startDeploy } from './send-actions';
import { SendingView } from './sending-view';

/** Step 4: the plan before anything is sent, one click, and how it goes. */
export function SendStep() {
  const { plan, sending } = useDeploy();
  const isUnderWay = useDeploy(isSending);
  if (sending && (isUnderWay || sending.state !== 'done' || sending.action !== 'start' || !plan)) {
    return (
      <div className="deploy-stack">
        <SendingView sending={sending} />
        {isUnderWay || sending.action !== 'start' ? null : <DeployButton isAgain />}
      </div>
    );
  }
  return (
    <div className="deploy-stack">
      {sending?.state === 'done' ? <SendingView sending={sending} /> : null}
      <PlanPart />
    </div>
  );
}

function PlanPart() {
  const t = useTranslate();
  const plan = useDeploy((panel) => panel.plan);
  if (!plan) return null;
  if (plan.state === 'loading') return <p className="muted">{t('deploy.loading')}</p>;
  if (plan.state === 'failed') {
    return (
      <ProblemNote problem={plan.problem}>
        <button type="button" className="button" onClick={() => void loadPlan()}>
          {t('deploy.retry')}
        </button>
      </ProblemNote>
    );
  }
  return <Plan answer={plan.value} />;
}

function Plan({ answer: { plan, problems } }: { readonly answer: PlanAnswer }) {
  const t = useTranslate();
  const steps = plan?.type === 'deploy-planned' ? plan.steps : [];
  return (
    <>
      {problems.length > 0 ? (
        <div className="deploy-stack">
          <h3 className="section-title">{t('deploy.planBlocked')}</h3>
          {problems.map((problem) => (
            <ProblemNote key={`${problem.code} ${problem.param} ${JSON.stringify(problem.values)}`} problem={problem} />
          ))}
          <button type="button" className="button deploy-start" onClick={() => goTo('settings')}>
            {t('deploy.toSettings')}
          </button>
        </div>
      ) : null}
      {steps.length > 0 ? (
        <>
          <PlanSummary steps={steps} />
          <StepList steps={steps} />
          <p className="muted small">{t('deploy.planNote')}</p>
        </>
      ) : null}
      {problems.length === 0 ? <DeployButton isAgain={false} /> : null}
    </>
  );
}

function DeployButton({ isAgain }: { readonly isAgain: boolean }) {
  const t = useTranslate();
  return (
    <div className="deploy-row">
      <button type="button" className="button primary deploy-start" onClick={() => void startDeploy()}>
        {t(isAgain ? 'deploy.goOn' : 'deploy.deploy')}
      </button>
      {isAgain ? <span className="muted">{t('deploy.goOnNote')}</span> : null}
    </div>
  );
}
