import { CircleCheck } from 'lucide-react';
import { useTranslate } from '../i18n/i18n';
import { testConnection } from './deploy-actions';
import { useDeploy } from './deploy-store';
import { ProblemNote } from './problem-note';

/** Asks the target one harmless question and says what it answered. */
export function ConnectionTest() {
  const t = useTranslate();
  const test = useDeploy((panel) => panel.test);
  return (
    <div className="deploy-stack">
      <div className="deploy-row">
        <button
          type="button"
          className="button"
          disabled={test?.state === 'loading'}
          onClick={() => void testConnection()}
        >
          {t(test?.state === 'loading' ? 'deploy.testing' : 'deploy.test')}
        </button>
        <span className="muted small">{t('deploy.testHelp')}</span>
      </div>
      <div aria-live="polite">
        {test?.state === 'failed' ? <ProblemNote problem={test.problem} /> : null}
        {test?.state === 'ready' && test.value.length === 0 ? (
          <p className="deploy-ok">
            <CircleCheck size={16} aria-hidden="true" /> {t('deploy.testOk')}
          </p>
        ) : null}
        {test?.state === 'ready'
          ? test.value.map((problem) => (
              <ProblemNote
                key={`${problem.code} ${problem.param} ${JSON.stringify(problem.values)}`}
                problem={problem}
              />
            ))
          : null}
      </div>
    </div>
  );
}
