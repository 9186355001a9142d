import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { TablePreview } from '../../../src-shared/preview';
import { useTranslate } from '../../i18n/i18n';
import { useSize } from '../use-size';
import { cellText } from './column-widths';
import { PngImage } from './table-row';
import type { Pages } from './use-pages';

interface Props {
  readonly table: TablePreview;
  /** The column whose pictures are shown. */
  readonly column: number;
  readonly pages: Pages<TablePreview>;
}

const tileWidth = 76;
const tileHeight = 88;

/** Pictures side by side, under each what the other columns say of it. */
export function ImageGrid({ table, column, pages }: Props) {
  const t = useTranslate();
  const box = useRef<HTMLDivElement>(null);
  const [{ width }, setBox] = useSize<HTMLDivElement>();
  const across = Math.max(1, Math.floor(width / tileWidth));
  const lines = useVirtualizer({
    count: Math.ceil(table.total / across),
    getScrollElement: () => box.current,
    estimateSize: () => tileHeight,
    overscan: 2,
  });
  const items = lines.getVirtualItems();
  const [first, last] = [(items[0]?.index ?? 0) * across, ((items.at(-1)?.index ?? 0) + 1) * across - 1];
  useEffect(() => pages.show(first, last), [pages, first, last]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls with the arrow keys when it has the focus
    <section ref={box} className="image-grid scroll" tabIndex={0} aria-label={t('panels.images')}>
      <div ref={setBox} className="image-grid-body" style={{ height: lines.getTotalSize() }}>
        {items.map((line) => (
          <ul key={line.index} className="image-line" style={{ top: line.start, height: tileHeight }}>
            {rowsOfLine(line.index, across, table.total).map((row) => (
              <Tile key={row} row={row} column={column} pages={pages} />
            ))}
          </ul>
        ))}
      </div>
    </section>
  );
}

function rowsOfLine(line: number, across: number, total: number): number[] {
  const first = line * across;
  return Array.from({ length: Math.min(across, total - first) }, (_, i) => first + i);
}

interface TileProps extends Pick<Props, 'column' | 'pages'> {
  readonly row: number;
}

function Tile({ row, column, pages }: TileProps) {
  const found = pages.at(row);
  const cells = found?.page.rows[found.place];
  const cell = cells?.[column];
  const words = found && cells ? labelOf(found.page, { cells, column, place: found.place }) : '';
  const image = typeof cell === 'object' && cell !== null ? found?.page.images[cell.image] : undefined;
  const number = (found?.page.rowNumbers[found.place] ?? row) + 1;
  return (
    <li className="image-tile" title={`#${number} ${words}`}>
      <span className="image-frame">
        <PngImage base64={image} label="" />
      </span>
      <span className="image-label mono">{words === '' ? `#${number}` : words}</span>
    </li>
  );
}

interface TileCells {
  readonly cells: TablePreview['rows'][number];
  readonly column: number;
  readonly place: number;
}

function labelOf({ rowSplits }: TablePreview, { cells, column, place }: TileCells): string {
  const texts = cells.flatMap((cell, i) =>
    i === column || cell === null || typeof cell === 'object' ? [] : [cellText(cell)],
  );
  const split = rowSplits?.[place];
  return texts.length > 0 ? texts.join(' · ') : (split ?? '');
}
