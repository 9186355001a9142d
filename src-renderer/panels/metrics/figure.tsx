import { EllipsisVertical } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { orTell } from '../../app/tell';
import { useTranslate } from '../../i18n/i18n';
import { toCsv } from '../delimited-text';
import { savePng, saveSvg, saveText } from './save-figure';

export interface Saving {
  /** Of the files, without ending. */
  readonly name: string;
  readonly svg?: () => string;
  readonly rows?: () => readonly (readonly (string | number | null)[])[];
}

interface Props {
  readonly title: string;
  readonly saving?: Saving;
  readonly legend?: ReactNode;
  /** Takes two places. */
  readonly isWide?: boolean;
  /** Comes into sight when it appears: it answers a click. */
  readonly isAnswer?: boolean;
  readonly children: ReactNode;
}

/** A chart or a table with its title, and a menu to keep it as a file. */
export function Figure({ title, saving, legend, isWide = false, isAnswer = false, children }: Props) {
  return (
    <figure ref={isAnswer ? reveal : null} className="figure" data-wide={isWide}>
      <figcaption className="figure-head">
        <span className="figure-title">{title}</span>
        {legend}
        {saving ? <SaveMenu title={title} saving={saving} /> : null}
      </figcaption>
      {children}
    </figure>
  );
}

function reveal(figure: HTMLElement | null): void {
  figure?.scrollIntoView({ block: 'nearest' });
}

function SaveMenu({ title, saving }: { readonly title: string; readonly saving: Saving }) {
  const t = useTranslate();
  const { name, svg, rows } = saving;
  const label = t('panels.saveFigure', { title });
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="icon-button figure-menu" aria-label={label} title={label}>
        <EllipsisVertical size={14} strokeWidth={1.75} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu surface" align="end">
          {svg ? <Entry text={t('panels.savePng')} onSelect={() => void orTell(savePng(svg(), name))} /> : null}
          {svg ? <Entry text={t('panels.saveSvg')} onSelect={() => saveSvg(svg(), name)} /> : null}
          {rows ? (
            <Entry text={t('panels.saveCsv')} onSelect={() => saveText(toCsv(rows()), `${name}.csv`, 'text/csv')} />
          ) : null}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Entry({ text, onSelect }: { readonly text: string; readonly onSelect: () => void }) {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={onSelect}>
      {text}
    </DropdownMenu.Item>
  );
}
