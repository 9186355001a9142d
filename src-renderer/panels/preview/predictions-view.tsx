// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not there, which <table> cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: the table as a whole takes the focus
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { AskOf } from '../../../src-shared/ipc';
import type { PredictionsPreview } from '../../../src-shared/preview';
import { countText, shareText } from '../../i18n/format';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { Caption } from './caption';
import { cellText } from './column-widths';
import { usePages } from './use-pages';

interface Props {
  readonly name: string;
  readonly of: AskOf<'document:preview'>;
  readonly first: PredictionsPreview;
  readonly state: string | undefined;
}

const rowHeight = 24;

/** What a model said of each row, beside the truth where it is known. */
export function PredictionsView({ name, of, first, state }: Props) {
  const t = useTranslate();
  const language = useLanguage();
  const pages = usePages(of, first);
  const box = useRef<HTMLDivElement>(null);
  const lines = useVirtualizer({
    count: first.total,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = lines.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => pages.show(from, to), [pages, from, to]);
  return (
    <>
      <Caption parts={[name, t('panels.rowCount', { rows: countText(first.total, language) }), state]} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls with the arrow keys when it has the focus */}
      <div ref={box} className="predictions scroll" role="table" tabIndex={0} aria-label={t('panels.predictions')}>
        <div className="prediction-head" role="row">
          {(['panels.row', 'panels.truth', 'panels.predicted', 'panels.probability'] as const).map((key) => (
            <span key={key} role="columnheader">
              {t(key)}
            </span>
          ))}
        </div>
        <div className="table-body" role="rowgroup" style={{ height: lines.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const found = pages.at(index);
            const row = found?.page.rows[found.place];
            return <PredictionRow key={index} row={row} top={start} />;
          })}
        </div>
      </div>
    </>
  );
}

interface RowProps {
  readonly row: PredictionsPreview['rows'][number] | undefined;
  readonly top: number;
}

function PredictionRow({ row, top }: RowProps) {
  const language = useLanguage();
  const isWrong = row?.truth !== undefined && typeof row.truth === 'string' && row.truth !== row.predicted;
  return (
    <div className="prediction-row mono" role="row" style={{ top, height: rowHeight }}>
      <span role="cell">{row ? row.row + 1 : '…'}</span>
      <span role="cell">{row?.truth === undefined ? '—' : cellText(row.truth)}</span>
      <span role="cell" data-wrong={isWrong}>
        {row ? cellText(row.predicted) : ''}
      </span>
      <span role="cell">{row?.probability === undefined ? '' : shareText(row.probability, language)}</span>
    </div>
  );
}
