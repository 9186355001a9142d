import { useId } from 'react';
import type { DeployTarget } from '../../src-shared/deploy';
import type { ParamDeclaration } from '../../src-shared/nodes/params';
import { useLanguage } from '../i18n/i18n';
import { setConfig } from './deploy-actions';
import { configOf, useDeploy } from './deploy-store';

/** The settings of a target, made from its params. Secrets have a place of their own. */
export function TargetForm({ target: { params } }: { readonly target: DeployTarget }) {
  const config = useDeploy(configOf);
  return (
    <div className="deploy-fields">
      {Object.entries(params).map(([name, declared]) =>
        declared.type === 'secret' ? null : (
          <Field
            key={name}
            declared={declared}
            value={config[name] ?? declared.default}
            onChange={(value) => setConfig({ ...config, [name]: value })}
          />
        ),
      )}
    </div>
  );
}

interface FieldProps {
  readonly declared: ParamDeclaration;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function Field({ declared, value, onChange }: FieldProps) {
  const id = useId();
  const language = useLanguage();
  const unit = declared.unit ? ` (${declared.unit[language]})` : '';
  return (
    <div className="deploy-field">
      <label htmlFor={id}>
        {declared.label[language]}
        {unit}
      </label>
      <Control id={id} declared={declared} value={value} onChange={onChange} />
      {declared.help ? <p className="muted small">{declared.help[language]}</p> : null}
    </div>
  );
}

function Control({ id, declared, value, onChange }: FieldProps & { readonly id: string }) {
  const language = useLanguage();
  switch (declared.type) {
    case 'bool':
      return (
        <input id={id} type="checkbox" checked={value === true} onChange={({ target }) => onChange(target.checked)} />
      );
    case 'choice':
      return (
        <select id={id} className="input" value={String(value)} onChange={({ target }) => onChange(target.value)}>
          {declared.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label[language]}
            </option>
          ))}
        </select>
      );
    case 'int':
    case 'float':
      return (
        <input
          id={id}
          className="input mono"
          inputMode="decimal"
          value={String(value)}
          onChange={({ target }) => onChange(asNumber(target.value))}
        />
      );
    default:
      return (
        <input id={id} className="input" value={String(value)} onChange={({ target }) => onChange(target.value)} />
      );
  }
}

/** What is no number stays as it was typed: the host says what is wrong with it. */
function asNumber(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
