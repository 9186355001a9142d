import type { DeploymentSummary } from '../../src-shared/deploy';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { chooseDeployment, loadDeployments } from './deploy-actions';
import { isSending, useDeploy } from './deploy-store';
import { ProblemNote } from './problem-note';

const states = {
  deployed: 'deploy.stateDeployed',
  unfinished: 'deploy.stateUnfinished',
  stopped: 'deploy.stateStopped',
} as const;

/** Deployments that this machine made. */
export function DeploymentList() {
  const t = useTranslate();
  const deployments = useDeploy((panel) => panel.deployments);
  return (
    <section className="deploy-list" aria-label={t('deploy.deployments')}>
      <h3 className="section-title">{t('deploy.deployments')}</h3>
      {deployments.state === 'loading' ? <p className="muted small">{t('deploy.loading')}</p> : null}
      {deployments.state === 'failed' ? (
        <ProblemNote problem={deployments.problem}>
          <button type="button" className="button" onClick={() => void loadDeployments()}>
            {t('deploy.retry')}
          </button>
        </ProblemNote>
      ) : null}
      {deployments.state === 'ready' && deployments.value.length === 0 ? (
        <p className="muted small">{t('deploy.noDeployments')}</p>
      ) : null}
      <ul>
        {deployments.state === 'ready'
          ? deployments.value.map((each) => (
              <li key={`${each.target} ${each.location ?? each.updatedAt}`}>
                <Entry deployment={each} />
              </li>
            ))
          : null}
      </ul>
    </section>
  );
}

function Entry({ deployment }: { readonly deployment: DeploymentSummary }) {
  const t = useTranslate();
  const language = useLanguage();
  const { name, target, state, location } = deployment;
  const isBusy = useDeploy(isSending);
  const isChosen = useDeploy(({ chosen }) => chosen === deployment);
  const title = useDeploy(({ targets }) =>
    targets.state === 'ready' ? targets.value.find((each) => each.name === target)?.title : undefined,
  );
  return (
    <button
      type="button"
      className="deploy-entry"
      aria-pressed={isChosen}
      disabled={isBusy}
      title={location}
      onClick={() => void chooseDeployment(deployment)}
    >
      <span className="deploy-entry-name">{name}</span>
      <span className="muted small">
        {title?.[language] ?? target} · {t(states[state])}
      </span>
    </button>
  );
}
