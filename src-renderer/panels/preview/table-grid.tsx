// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not there, which <table> cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: the table as a whole takes the focus
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { TablePreview } from '../../../src-shared/preview';
import { useTranslate } from '../../i18n/i18n';
import type { TableOrder } from './asked-preview';
import { columnWidths } from './column-widths';
import { HeadCell } from './head-cell';
import { clickRow, isInRange, type RowRange } from './row-range';
import { type Columns, TableRow } from './table-row';
import type { Pages } from './use-pages';

interface Props {
  readonly table: TablePreview;
  readonly pages: Pages<TablePreview>;
  readonly order: TableOrder;
  readonly setOrder: (order: TableOrder) => void;
  readonly range: RowRange | undefined;
  readonly setRange: (range: RowRange | undefined) => void;
}

const rowHeight = 24;
const imageRowHeight = 40;
const numberWidth = 64;

/** Rows and columns, only those in sight drawn; the rows to come are fetched while it scrolls. */
export function TableGrid({ table, pages, order, setOrder, range, setRange }: Props) {
  const t = useTranslate();
  const box = useRef<HTMLDivElement>(null);
  const { rows, columns, height } = useGrid(table, box);
  const [first, last] = [rows.items[0]?.index ?? 0, rows.items.at(-1)?.index ?? 0];
  useEffect(() => pages.show(first, last), [pages, first, last]);
  return (
    <div
      ref={box}
      className="table-grid scroll"
      role="table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls with the arrow keys when it has the focus
      tabIndex={0}
      aria-label={t('panels.rows')}
      aria-rowcount={table.total + 1}
      aria-colcount={table.columns.length + 1}
    >
      <div className="table-head" role="row" style={{ width: columns.width }}>
        <span className="table-number" role="columnheader">
          #
        </span>
        {columns.items.map(({ index, start, size }) => (
          <HeadCell
            key={index}
            column={table.columns[index]}
            rows={table.total}
            order={order}
            setOrder={setOrder}
            style={{ left: start, width: size }}
            place={index}
          />
        ))}
      </div>
      <div className="table-body" role="rowgroup" style={{ width: columns.width, height: rows.height }}>
        {rows.items.map(({ index, start }) => (
          <TableRow
            key={index}
            row={index}
            found={pages.at(index)}
            columns={columns}
            style={{ top: start, height }}
            isMarked={isInRange(range, index)}
            onMark={(isExtending) => setRange(clickRow(range, index, isExtending))}
          />
        ))}
      </div>
    </div>
  );
}

function useGrid(table: TablePreview, box: React.RefObject<HTMLDivElement | null>) {
  const widths = useMemo(() => columnWidths(table), [table]);
  const height = table.images.length > 0 ? imageRowHeight : rowHeight;
  const rows = useVirtualizer({
    count: table.total,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 8,
  });
  const columns = useVirtualizer({
    horizontal: true,
    count: table.columns.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => widths[index] ?? 0,
    paddingStart: numberWidth,
    overscan: 3,
  });
  useEffect(() => {
    // The sizes that were measured are those of the table before.
    if (widths.length > 0) columns.measure();
    if (height > 0) rows.measure();
  }, [widths, height, columns, rows]);
  const shown: Columns = { items: columns.getVirtualItems(), width: columns.getTotalSize(), all: table.columns };
  return { rows: { items: rows.getVirtualItems(), height: rows.getTotalSize() }, columns: shown, height };
}
