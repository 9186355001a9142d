import { useLanguage } from '../i18n/i18n';
import type { Tab } from '../store/workspace';
import { ConnectionTest } from './connection-test';
import { chosenTarget, useDeploy } from './deploy-store';
import { SecretFields } from './secret-fields';
import { TargetForm } from './target-form';

/** Step 3: the target's settings and secrets, and whether they work. */
export function SettingsStep({ tab }: { readonly tab: Tab }) {
  const language = useLanguage();
  const target = useDeploy(chosenTarget);
  if (!target) return null;
  return (
    <div className="deploy-stack">
      <p className="muted">{target.summary[language]}</p>
      <TargetForm key={target.name} target={target} tab={tab} />
      <SecretFields />
      <ConnectionTest />
    </div>
  );
}
