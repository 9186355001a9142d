// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not there, which <table> cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: the table as a whole takes the focus
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { AskOf } from '../../../src-shared/ipc';
import type { PredictionsPreview, ShownPrediction } from '../../../src-shared/preview';
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
  const columns = { gridTemplateColumns: `80px repeat(${3 * first.outputs.length}, minmax(80px, 180px))` };
  const items = lines.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => pages.show(from, to), [pages, from, to]);
  return (
    <>
      <Caption parts={[name, t('panels.rowCount', { rows: countText(first.total, language) }), state]} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls with the arrow keys when it has the focus */}
      <div ref={box} className="predictions scroll" role="table" tabIndex={0} aria-label={t('panels.predictions')}>
        <div className="prediction-head" role="row" style={columns}>
          <span role="columnheader">{t('panels.row')}</span>
          {first.outputs.map(({ name: output }) => (
            <OutputHead key={output} output={first.outputs.length > 1 ? output : ''} />
          ))}
        </div>
        <div className="table-body" role="rowgroup" style={{ height: lines.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const found = pages.at(index);
            const row = found?.page.rows[found.place];
            return <PredictionRow key={index} row={row} top={start} columns={columns} />;
          })}
        </div>
      </div>
    </>
  );
}

/** @param output its name, where there are several */
function OutputHead({ output }: { readonly output: string }) {
  const t = useTranslate();
  const of = (word: string) => (output === '' ? word : `${output} · ${word}`);
  return (
    <>
      <span role="columnheader">{of(t('panels.truth'))}</span>
      <span role="columnheader">{of(t('panels.predicted'))}</span>
      <span role="columnheader">{of(t('panels.probability'))}</span>
    </>
  );
}

interface RowProps {
  readonly row: PredictionsPreview['rows'][number] | undefined;
  readonly top: number;
  readonly columns: { readonly gridTemplateColumns: string };
}

function PredictionRow({ row, top, columns }: RowProps) {
  return (
    <div className="prediction-row mono" role="row" style={{ top, height: rowHeight, ...columns }}>
      <span role="cell">{row ? row.row + 1 : '…'}</span>
      {row?.values.map((value, i) => (
        // Outputs keep their places, and have no other identity here.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <OutputCells key={i} value={value} />
      ))}
    </div>
  );
}

function OutputCells({ value: { truth, predicted, probability } }: { readonly value: ShownPrediction }) {
  const language = useLanguage();
  const isWrong = typeof truth === 'string' && truth !== predicted;
  return (
    <>
      <span role="cell">{truth === undefined ? '—' : cellText(truth)}</span>
      <span role="cell" data-wrong={isWrong}>
        {cellText(predicted)}
      </span>
      <span role="cell">{probability === undefined ? '' : shareText(probability, language)}</span>
    </>
  );
}
