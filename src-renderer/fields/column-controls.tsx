import { useState } from 'react';
import type { ColumnParam, ColumnsParam } from '../../src-shared/types/params';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { ColumnList } from './column-list';
import type { ControlProps } from './field-context';

/** Several columns; what was picked is one step, taken when the list closes. */
export function ColumnsControl(props: ControlProps<ColumnsParam>) {
  const language = useLanguage();
  const [draft, setDraft] = useState<readonly string[]>();
  const stored = Array.isArray(props.value) ? props.value.map(String) : [];
  const chosen = draft ?? stored;
  const emptyMeans = props.declaration.emptyMeans[language];
  const pick = (name: string) => {
    if (name === '') setDraft([]);
    else setDraft(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
  };
  const close = () => {
    if (draft) props.commit(inOrder(draft, props));
    setDraft(undefined);
  };
  return (
    <ColumnList
      id={props.id}
      columns={props.context.columns}
      chosen={chosen}
      onPick={pick}
      onClose={close}
      isMany
      none={emptyMeans}
      isDisabled={props.context.disabled !== undefined}
      isInvalid={props.isInvalid}
      describedBy={props.describedBy}
    >
      {chosen.length === 0 ? <span className="muted">{emptyMeans}</span> : chosen.join(', ')}
    </ColumnList>
  );
}

/** In the order of the table, whatever the order of the clicks. */
function inOrder(chosen: readonly string[], { context }: Pick<ControlProps, 'context'>): string[] {
  const place = new Map(context.columns.map(({ name }, index) => [name, index]));
  return [...chosen].sort((a, b) => (place.get(a) ?? Infinity) - (place.get(b) ?? Infinity) || 0);
}

export function ColumnControl(props: ControlProps<ColumnParam>) {
  const t = useTranslate();
  const value = String(props.value);
  return (
    <ColumnList
      id={props.id}
      columns={props.context.columns}
      chosen={[value]}
      onPick={props.commit}
      none={t('fields.noColumn')}
      isDisabled={props.context.disabled !== undefined}
      isInvalid={props.isInvalid}
      describedBy={props.describedBy}
    >
      {value === '' ? <span className="muted">{t('fields.noColumn')}</span> : value}
    </ColumnList>
  );
}
