import { Globe, HardDrive } from 'lucide-react';
import type { DeployTarget } from '../../src-shared/deploy';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { chooseTarget, loadTargets } from './deploy-actions';
import { useDeploy } from './deploy-store';
import { ProblemNote } from './problem-note';

/** Step 2: where to; each target says whether anything leaves this machine. */
export function TargetStep() {
  const t = useTranslate();
  const { targets } = useDeploy();
  if (targets.state === 'loading') return <p className="muted">{t('deploy.loading')}</p>;
  if (targets.state === 'failed') {
    return (
      <ProblemNote problem={targets.problem}>
        <button type="button" className="button" onClick={() => void loadTargets()}>
          {t('deploy.retry')}
        </button>
      </ProblemNote>
    );
  }
  return (
    <div className="deploy-stack">
      <p className="muted">{t('deploy.targetIntro')}</p>
      <div className="deploy-cards" role="radiogroup" aria-label={t('deploy.stepTarget')}>
        {targets.value.map((target) => (
          <TargetCard key={target.name} target={target} />
        ))}
      </div>
    </div>
  );
}

function TargetCard({ target: { name, title, summary, leaves } }: { readonly target: DeployTarget }) {
  const t = useTranslate();
  const language = useLanguage();
  const isChosen = useDeploy(({ target }) => target === name);
  const Icon = leaves ? Globe : HardDrive;
  return (
    <label className="deploy-card" data-chosen={isChosen}>
      <input type="radio" name="target" checked={isChosen} onChange={() => chooseTarget(name)} />
      <span className="deploy-card-text">
        <span className="deploy-card-title">
          {title[language]}
          <span className={leaves ? 'deploy-badge' : 'deploy-badge ok'}>
            <Icon size={12} aria-hidden="true" /> {t(leaves ? 'deploy.leaves' : 'deploy.stays')}
          </span>
        </span>
        <span className="muted">{summary[language]}</span>
      </span>
    </label>
  );
}
