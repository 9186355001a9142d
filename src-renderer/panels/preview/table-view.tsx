import { Copy, Images, Table } from 'lucide-react';
import { useState } from 'react';
import type { AskOf } from '../../../src-shared/ipc';
import type { TablePreview } from '../../../src-shared/preview';
import type { SplitName } from '../../../src-shared/types/ports';
import { Select } from '../../fields/select';
import { countText } from '../../i18n/format';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { splitName } from '../../inspector/type-words';
import { BarTools } from '../bar-tools';
import type { TableOrder } from './asked-preview';
import { Caption } from './caption';
import { copyRows } from './copy-rows';
import { ImageGrid } from './image-grid';
import type { RowRange } from './row-range';
import { TableGrid } from './table-grid';
import { usePages } from './use-pages';

interface Props {
  readonly name: string;
  /** What was asked for `table`; further pages are asked the same way. */
  readonly of: AskOf<'document:preview'>;
  readonly table: TablePreview;
  readonly state: string | undefined;
  readonly order: TableOrder;
  readonly setOrder: (order: TableOrder) => void;
}

/** Rows of a table or a dataset, as a table or as a wall of pictures. */
export function TableView({ name, of, table, state, order, setOrder }: Props) {
  const t = useTranslate();
  const language = useLanguage();
  const pages = usePages(of, table);
  const image = imageColumn(table);
  const [wantsGrid, setWantsGrid] = useState(true);
  const [range, setRange] = useState<RowRange>();
  const size = t('panels.tableSize', {
    rows: countText(table.total, language),
    columns: countText(table.columns.length, language),
  });
  return (
    <>
      <BarTools>
        {table.splits ? <SplitChoice splits={table.splits} order={order} setOrder={setOrder} /> : null}
        {image >= 0 ? <GridToggle isGrid={wantsGrid} onChange={setWantsGrid} /> : null}
        <IconButton label={t('panels.copyRows')} onClick={() => copyRows({ of, table, range, language })}>
          <Copy size={16} strokeWidth={1.75} aria-hidden="true" />
        </IconButton>
      </BarTools>
      <Caption parts={[name, size, table.sampled ? t('panels.sampled') : undefined, state]} />
      {image >= 0 && wantsGrid ? (
        <ImageGrid table={table} column={image} pages={pages} />
      ) : (
        <TableGrid table={table} pages={pages} order={order} setOrder={setOrder} range={range} setRange={setRange} />
      )}
    </>
  );
}

/** The first column whose cells are pictures. */
function imageColumn({ columns, rows }: TablePreview): number {
  return columns.findIndex((_, column) => rows.some((row) => isImage(row[column])));
}

function isImage(cell: TablePreview['rows'][number][number] | undefined): boolean {
  return typeof cell === 'object' && cell !== null;
}

function SplitChoice({
  splits,
  order,
  setOrder,
}: {
  readonly splits: NonNullable<TablePreview['splits']>;
} & Pick<Props, 'order' | 'setOrder'>) {
  const t = useTranslate();
  const language = useLanguage();
  const names = ['train', 'validation', 'test'] as const satisfies readonly SplitName[];
  const choose = (value: string) => {
    const split = names.find((each) => each === value);
    const { split: _before, ...rest } = order;
    setOrder(split ? { ...rest, split } : rest);
  };
  return (
    <Select
      className="bottom-select"
      aria-label={t('panels.split')}
      value={order.split ?? ''}
      onChange={({ target }) => choose(target.value)}
    >
      <option value="">{t('panels.allSplits')}</option>
      {names.map((split) => (
        <option key={split} value={split}>
          {`${splitName(split, language)} · ${countText(splits[split], language)}`}
        </option>
      ))}
    </Select>
  );
}

function GridToggle({ isGrid, onChange }: { readonly isGrid: boolean; readonly onChange: (isGrid: boolean) => void }) {
  const t = useTranslate();
  const Icon = isGrid ? Table : Images;
  return (
    <IconButton label={t(isGrid ? 'panels.asTable' : 'panels.asImages')} onClick={() => onChange(!isGrid)}>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
    </IconButton>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function IconButton({ label, onClick, children }: IconButtonProps) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={onClick}>
      {children}
    </button>
  );
}
