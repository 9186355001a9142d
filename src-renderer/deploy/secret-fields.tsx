import { KeyRound } from 'lucide-react';
import { useId, useState } from 'react';
import type { Problem } from '../../src-shared/problem';
import type { SecretParam } from '../../src-shared/types/params';
import type { SecretInfo } from '../../src-shared/window-data';
import { problemOf } from '../app/tell';
import { useLanguage, useTranslate } from '../i18n/i18n';
import type { MessageKey } from '../i18n/messages';
import { useSettings } from '../store/settings';
import { loadSecrets, missingVariables, removeSecret, setConfig, setSecret } from './deploy-actions';
import { chosenTarget, configOf, useDeploy } from './deploy-store';
import { ProblemNote } from './problem-note';

/** Secrets of the target that is chosen: where each comes from, and a place to give it. */
export function SecretFields() {
  const t = useTranslate();
  const panel = useDeploy();
  const isLasting = useSettings(({ keychain }) => keychain);
  const config = configOf(panel);
  const params = Object.entries(chosenTarget(panel)?.params ?? {}).flatMap(([param, declared]) =>
    declared.type === 'secret' ? [{ param, declared, name: String(config[param] ?? declared.default) }] : [],
  );
  const others = missingVariables().filter((variable) => !params.some(({ name }) => name === variable));
  if (params.length + others.length === 0) return null;
  return (
    <fieldset className="deploy-secrets">
      <legend className="section-title">{t('deploy.secrets')}</legend>
      <p className="muted">{t(isLasting ? 'deploy.secretsKeychain' : 'deploy.secretsSession')}</p>
      {params.map(({ param, declared, name }) => (
        <SecretField key={param} name={name} declared={declared} onRename={(to) => rename(param, to)} />
      ))}
      {others.map((name) => (
        <SecretField key={name} name={name} />
      ))}
    </fieldset>
  );
}

function rename(param: string, name: string): void {
  setConfig({ ...configOf(useDeploy.getState()), [param]: name });
  void loadSecrets();
}

interface FieldProps {
  readonly name: string;
  readonly declared?: SecretParam;
  readonly onRename?: (name: string) => void;
}

function SecretField({ name, declared, onRename }: FieldProps) {
  const t = useTranslate();
  const language = useLanguage();
  const label = declared?.label[language] ?? name;
  const found = useDeploy(({ secrets }) => secrets.find((secret) => secret.name === name));
  return (
    <div className="deploy-secret">
      <div className="deploy-secret-head">
        <KeyRound size={14} aria-hidden="true" />
        <span>{label}</span>
        <SecretSource found={found} />
      </div>
      {declared?.help ? <p className="muted small">{declared.help[language]}</p> : null}
      <div className="deploy-row">
        {onRename ? (
          <input
            className="input mono deploy-secret-name"
            aria-label={t('deploy.secretNameOf', { label })}
            spellCheck={false}
            value={name}
            onChange={({ target }) => onRename(target.value)}
          />
        ) : null}
        <SecretValue name={name} found={found} />
      </div>
    </div>
  );
}

const sources = {
  keychain: 'deploy.secretKeychain',
  session: 'deploy.secretSession',
  environment: 'deploy.secretEnvironment',
} as const satisfies Record<SecretInfo['from'], MessageKey>;

function SecretSource({ found }: { readonly found: SecretInfo | undefined }) {
  const t = useTranslate();
  if (!found) return <span className="deploy-badge">{t('deploy.secretMissing')}</span>;
  return <span className="deploy-badge ok">{t(sources[found.from])}</span>;
}

/** A field that forgets what was typed as soon as the host has it. */
function SecretValue({ name, found }: { readonly name: string; readonly found: SecretInfo | undefined }) {
  const t = useTranslate();
  const id = useId();
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const isKept = found !== undefined && found.from !== 'environment';
  const after = (work: Promise<void>) => {
    setProblem(undefined);
    work.catch((error: unknown) => setProblem(problemOf(error)));
  };
  const keep = () => {
    after(setSecret(name, value));
    setValue('');
  };
  return (
    <div className="deploy-secret-value">
      <div className="deploy-row">
        <input
          id={id}
          className="input"
          type="password"
          autoComplete="off"
          aria-label={t('deploy.secretValueOf', { name })}
          placeholder={t('deploy.secretPlaceholder')}
          value={value}
          onChange={({ target }) => setValue(target.value)}
          onKeyDown={({ key }) => key === 'Enter' && value !== '' && keep()}
        />
        <button type="button" className="button" disabled={value === ''} onClick={keep}>
          {t(isKept ? 'deploy.secretReplace' : 'deploy.secretSet')}
        </button>
        {isKept ? (
          <button
            type="button"
            className="button"
            aria-label={t('deploy.secretRemoveOf', { name })}
            onClick={() => after(removeSecret(name))}
          >
            {t('deploy.secretRemove')}
          </button>
        ) : null}
      </div>
      {problem ? <ProblemNote problem={problem} /> : null}
    </div>
  );
}
