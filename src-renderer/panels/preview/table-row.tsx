// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not there, which <table> cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: the table as a whole takes the focus
import type { CSSProperties } from 'react';
import type { Cell, PreviewColumn, TablePreview } from '../../../src-shared/preview';
import { useTranslate } from '../../i18n/i18n';
import { cellText } from './column-widths';

export interface Columns {
  /** Those in sight, with their places in pixels. */
  readonly items: readonly { readonly index: number; readonly start: number; readonly size: number }[];
  readonly width: number;
  readonly all: readonly PreviewColumn[];
}

interface Props {
  readonly row: number;
  readonly found: { readonly page: TablePreview; readonly place: number } | undefined;
  readonly columns: Columns;
  readonly style: CSSProperties;
  readonly isMarked: boolean;
  readonly onMark: (isExtending: boolean) => void;
}

/** One row; a row that is still on its way keeps its place. */
export function TableRow({ row, found, columns, style, isMarked, onMark }: Props) {
  const t = useTranslate();
  const number = found?.page.rowNumbers[found.place];
  const cells = found?.page.rows[found.place];
  return (
    <div className="table-row" role="row" tabIndex={-1} aria-rowindex={row + 2} aria-selected={isMarked} style={style}>
      <span className="table-number" role="rowheader">
        <button
          type="button"
          tabIndex={-1}
          title={t('panels.markRow')}
          disabled={number === undefined}
          onClick={({ shiftKey }) => onMark(shiftKey)}
        >
          {number === undefined ? '…' : number + 1}
        </button>
      </span>
      {columns.items.map(({ index, start, size }) => (
        <span
          key={index}
          className="table-cell mono"
          role="cell"
          aria-colindex={index + 2}
          data-kind={columns.all[index]?.type.kind}
          style={{ left: start, width: size }}
        >
          {cells ? <CellValue cell={cells[index] ?? null} images={found?.page.images ?? []} /> : null}
        </span>
      ))}
    </div>
  );
}

interface CellProps {
  readonly cell: Cell;
  readonly images: readonly string[];
}

function CellValue({ cell, images }: CellProps) {
  const t = useTranslate();
  if (cell === null) return <span className="table-null">{t('panels.missing')}</span>;
  if (typeof cell === 'object') return <PngImage base64={images[cell.image]} label="" />;
  const text = cellText(cell);
  return <span title={text.length > 24 ? text : undefined}>{text}</span>;
}

/** A picture that came with an answer. */
export function PngImage({ base64, label }: { readonly base64: string | undefined; readonly label: string }) {
  if (base64 === undefined) return null;
  return <img className="pixels" src={`data:image/png;base64,${base64}`} alt={label} draggable={false} />;
}
