import { X } from 'lucide-react';
import type { MapParam } from '../../src-shared/types/params';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { ColumnList } from './column-list';
import { columnWord } from './column-words';
import type { ControlProps } from './field-context';
import { Select } from './select';

type Entries = Readonly<Record<string, string>>;

/** Settings by column: a row for each column that has one. */
export function MapControl(props: ControlProps<MapParam>) {
  const t = useTranslate();
  const { declaration, context, commit } = props;
  const entries = entriesOf(props.value);
  const free = context.columns.filter(({ name }) => !Object.hasOwn(entries, name));
  const isDisabled = context.disabled !== undefined;
  return (
    <div className="field-map">
      {Object.entries(entries).map(([column, option]) => (
        <MapRow
          key={column}
          column={column}
          option={option}
          options={declaration.options}
          isDisabled={isDisabled}
          onChange={(next) => commit(withEntry(entries, column, next))}
        />
      ))}
      <ColumnList
        id={props.id}
        columns={free}
        chosen={[]}
        onPick={(name) => commit(withEntry(entries, name, declaration.options[0]))}
        isDisabled={isDisabled}
        isInvalid={props.isInvalid}
        describedBy={props.describedBy}
      >
        <span className="muted">{t('fields.addColumn')}</span>
      </ColumnList>
    </div>
  );
}

interface RowProps {
  readonly column: string;
  readonly option: string;
  readonly options: readonly string[];
  readonly isDisabled: boolean;
  /** Undefined takes the row away. */
  readonly onChange: (option: string | undefined) => void;
}

function MapRow({ column, option, options, isDisabled, onChange }: RowProps) {
  const t = useTranslate();
  const language = useLanguage();
  const known = options.includes(option) ? options : [option, ...options];
  return (
    <div className="field-map-row">
      <span className="mono field-map-name" title={column}>
        {column}
      </span>
      <Select
        value={option}
        aria-label={column}
        disabled={isDisabled}
        onChange={({ target }) => onChange(target.value)}
      >
        {known.map((each) => (
          <option key={each} value={each}>
            {columnWord(each, language)}
          </option>
        ))}
      </Select>
      <button
        type="button"
        className="icon-button"
        aria-label={t('fields.removeColumn', { column })}
        disabled={isDisabled}
        onClick={() => onChange(undefined)}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

function entriesOf(value: unknown): Entries {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([column, option]) => [column, String(option)]));
}

function withEntry(entries: Entries, column: string, option: string | undefined): Record<string, string> {
  const rest = Object.entries(entries).filter(([name]) => name !== column || option !== undefined);
  return Object.fromEntries(option === undefined ? rest : [...rest, [column, option]]);
}
