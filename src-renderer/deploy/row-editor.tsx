import { Tabs } from 'radix-ui';
import { useTranslate } from '../i18n/i18n';
import { fieldValue } from './trial';

interface Props {
  readonly json: string;
  /** The row's values are single ones. */
  readonly canUseFields: boolean;
  readonly onChange: (json: string) => void;
}

/** A row as JSON; one of single values field by field too. */
export function RowEditor({ json, canUseFields, onChange }: Props) {
  const t = useTranslate();
  const row = canUseFields ? asRow(json) : undefined;
  if (!row) return <JsonField json={json} onChange={onChange} />;
  return (
    <Tabs.Root defaultValue="fields">
      <Tabs.List className="segments deploy-narrow">
        <Tabs.Trigger className="segment" value="fields">
          {t('deploy.tryFields')}
        </Tabs.Trigger>
        <Tabs.Trigger className="segment" value="json">
          {t('deploy.tryJson')}
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="fields" className="deploy-fields">
        {Object.entries(row).map(([name, value]) => (
          <label key={name} className="deploy-field">
            <span className="mono small">{name}</span>
            <input
              className="input"
              value={value === null ? '' : String(value)}
              placeholder={t('deploy.tryMissing')}
              onChange={({ target }) => onChange(written({ ...row, [name]: fieldValue(target.value, value) }))}
            />
          </label>
        ))}
      </Tabs.Content>
      <Tabs.Content value="json">
        <JsonField json={json} onChange={onChange} />
      </Tabs.Content>
    </Tabs.Root>
  );
}

function JsonField({ json, onChange }: Pick<Props, 'json' | 'onChange'>) {
  const t = useTranslate();
  return (
    <textarea
      className="input mono small deploy-json"
      aria-label={t('deploy.tryJson')}
      spellCheck={false}
      value={json}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

function written(row: object): string {
  return JSON.stringify(row, undefined, 2);
}

function asRow(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const row: unknown = JSON.parse(json);
    return typeof row === 'object' && row !== null && !Array.isArray(row) ? { ...row } : undefined;
  } catch {
    return undefined;
  }
}
