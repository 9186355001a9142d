import type { AskOf } from '../../../src-shared/ipc';
import { maxPreviewRows, type TablePreview } from '../../../src-shared/preview';
import type { Language } from '../../../src-shared/text';
import { orTell } from '../../app/tell';
import { ask } from '../../bridge/bridge';
import { countText } from '../../i18n/format';
import { translate } from '../../i18n/i18n';
import { copyText } from '../copy-text';
import { toTsv } from '../delimited-text';
import type { RowRange } from './row-range';

interface Wish {
  readonly of: AskOf<'document:preview'>;
  readonly table: TablePreview;
  readonly range: RowRange | undefined;
  readonly language: Language;
}

/** Copies the marked rows, or the first ones, for a spreadsheet. Pictures stay behind. */
export function copyRows({ of, table, range, language }: Wish): void {
  const { from, to } = range ?? { from: 0, to: table.total - 1 };
  const limit = Math.min(to - from + 1, maxPreviewRows);
  const copy = async () => {
    const page = await ask('document:preview', { ...of, offset: from, limit, statistics: false });
    if (page.kind !== 'table') return;
    copyText(tableText(page), translate('panels.copiedRows', { count: countText(page.rows.length, language) }));
  };
  void orTell(copy());
}

/** Header and rows, without the columns that hold pictures. */
export function tableText({ columns, rows, rowNumbers }: TablePreview): string {
  const places = columns.flatMap((_, place) =>
    rows.some((row) => typeof row[place] === 'object' && row[place]) ? [] : [place],
  );
  const header = ['#', ...places.map((place) => columns[place]?.name ?? '')];
  const lines = rows.map((row, i) => {
    const fields = places.map((place) => {
      const cell = row[place];
      return typeof cell === 'object' ? null : cell;
    });
    return [(rowNumbers[i] ?? 0) + 1, ...fields];
  });
  return toTsv([header, ...lines]);
}
