import { Rocket } from 'lucide-react';
import type { DeploymentSummary } from '../../src-shared/deploy';
import { useTranslate } from '../i18n/i18n';
import { ActButtons } from './act-buttons';
import { CopyButton } from './copy-button';
import { useDeploy } from './deploy-store';
import { TryForm } from './try-form';

/** Step 5: where the deployment stands, how it is asked, and a form that asks it. */
export function UseStep() {
  const t = useTranslate();
  const chosen = useDeploy((panel) => panel.chosen);
  if (!chosen) {
    return (
      <div className="deploy-empty">
        <Rocket size={28} aria-hidden="true" />
        <h3>{t('deploy.noPlaceTitle')}</h3>
        <p className="muted">{t('deploy.noPlace')}</p>
      </div>
    );
  }
  const { location, endpoint, example } = chosen;
  return (
    <div className="deploy-stack">
      {endpoint === undefined ? null : <Address what={t('deploy.endpoint')} text={endpoint} />}
      {location === undefined ? null : <Address what={t('deploy.location')} text={location} />}
      {example === undefined ? null : <Example text={example} isRequest={endpoint !== undefined} />}
      <Actions chosen={chosen} />
      <TryForm chosen={chosen} />
    </div>
  );
}

function Address({ what, text }: { readonly what: string; readonly text: string }) {
  return (
    <div>
      <h3 className="section-title">{what}</h3>
      <div className="deploy-row">
        <code className="mono deploy-address">{text}</code>
        <CopyButton text={text} what={what} />
      </div>
    </div>
  );
}

function Example({ text, isRequest }: { readonly text: string; readonly isRequest: boolean }) {
  const t = useTranslate();
  const what = t(isRequest ? 'deploy.example' : 'deploy.exampleCommand');
  return (
    <div>
      <div className="deploy-row">
        <h3 className="section-title">{what}</h3>
        <span className="deploy-end">
          <CopyButton text={text} what={what} />
        </span>
      </div>
      <pre className="mono small deploy-code">{text}</pre>
    </div>
  );
}

function Actions({ chosen }: { readonly chosen: DeploymentSummary }) {
  const actions = useDeploy(({ targets }) => {
    return targets.state === 'ready' ? targets.value.find(({ name }) => name === chosen.target)?.actions : undefined;
  });
  return actions && actions.length > 0 ? <ActButtons name={chosen.name} actions={actions} /> : null;
}
