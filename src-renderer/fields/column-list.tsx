import { Command } from 'cmdk';
import { Check, ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Column } from '../../src-shared/types/ports';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { typeWord } from './column-words';

interface Props {
  readonly id?: string;
  readonly columns: readonly Column[];
  readonly chosen: readonly string[];
  readonly onPick: (name: string) => void;
  /** Stays open: several may be picked. */
  readonly isMany?: boolean;
  readonly onClose?: () => void;
  readonly isDisabled?: boolean;
  readonly isInvalid?: boolean;
  readonly describedBy?: string;
  /** First line of the list: what an empty choice means. */
  readonly none?: string;
  readonly children: ReactNode;
}

/** A button that opens the columns of a table to search and choose from. */
export function ColumnList(props: Props) {
  const t = useTranslate();
  const [isOpen, setOpen] = useState(false);
  const change = (open: boolean) => {
    setOpen(open);
    if (!open) props.onClose?.();
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={change}>
      <Popover.Trigger
        id={props.id}
        className="input field-popover"
        disabled={props.isDisabled}
        aria-invalid={props.isInvalid}
        aria-describedby={props.describedBy}
      >
        <span className="field-popover-text">{props.children}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="surface menu column-list"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('fields.columns')}
        >
          <Choices {...props} onDone={() => change(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Choices({ columns, chosen, onPick, isMany = false, none, onDone }: Props & { readonly onDone: () => void }) {
  const t = useTranslate();
  const language = useLanguage();
  const unknown = chosen.filter((name) => name !== '' && !columns.some((column) => column.name === name));
  const pick = (name: string) => {
    onPick(name);
    if (!isMany) onDone();
  };
  return (
    <Command label={t('fields.columns')} loop {...(chosen[0] ? { defaultValue: chosen[0] } : {})}>
      <Command.Input className="input" placeholder={t('fields.searchColumns')} />
      <Command.List className="column-choices scroll">
        <Command.Empty className="muted small column-empty">
          {t(columns.length === 0 ? 'fields.noColumnsKnown' : 'fields.noColumnFound')}
        </Command.Empty>
        {none === undefined ? null : (
          <Choice name="" isChosen={chosen.length === 0 || chosen[0] === ''} onPick={pick} text={none} />
        )}
        {unknown.map((name) => (
          <Choice key={name} name={name} isChosen onPick={pick} type={t('fields.columnMissing')} />
        ))}
        {columns.map(({ name, type }) => (
          <Choice
            key={name}
            name={name}
            isChosen={chosen.includes(name)}
            onPick={pick}
            type={typeWord(type, language)}
          />
        ))}
      </Command.List>
    </Command>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly isChosen: boolean;
  readonly onPick: (name: string) => void;
  readonly text?: string;
  readonly type?: string;
}

function Choice({ name, isChosen, onPick, text = name, type }: ChoiceProps) {
  const t = useTranslate();
  return (
    <Command.Item className="menu-item" value={name || text} onSelect={() => onPick(name)}>
      <Check className="column-mark" size={14} aria-hidden="true" visibility={isChosen ? 'visible' : 'hidden'} />
      <span className={name ? 'column-name mono' : 'column-name muted'}>{text}</span>
      {isChosen ? <span className="visually-hidden">{t('fields.chosen')}</span> : null}
      {type ? <span className="muted small column-type">{type}</span> : null}
    </Command.Item>
  );
}
