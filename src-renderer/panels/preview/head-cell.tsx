// biome-ignore-all lint/a11y/useSemanticElements: rows out of sight are not there, which <table> cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: the button inside takes the focus
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { PreviewColumn } from '../../../src-shared/preview';
import { columnWord, typeWord } from '../../fields/column-words';
import { shareText } from '../../i18n/format';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import type { TableOrder } from './asked-preview';
import { MiniHistogram } from './mini-histogram';

interface Props {
  readonly column: PreviewColumn | undefined;
  /** All rows, of which some miss a value. */
  readonly rows: number;
  readonly order: TableOrder;
  readonly setOrder: (order: TableOrder) => void;
  readonly style: CSSProperties;
  readonly place: number;
}

/** A column's name, type, role, missing values and how its values are spread. A click sorts, another turns, a third ends it. */
export function HeadCell({ column, rows, order, setOrder, style, place }: Props) {
  const t = useTranslate();
  const language = useLanguage();
  if (!column) return null;
  const { name, type, role, nulls, histogram } = column;
  const sort = order.sort?.column === name ? order.sort : undefined;
  const direction = sort ? (sort.descending ? 'descending' : 'ascending') : 'none';
  const missing = nulls ? t('panels.missingShare', { share: shareText(nulls / Math.max(1, rows), language) }) : '';
  const Arrow = sort?.descending ? ArrowDown : ArrowUp;
  return (
    <div className="table-head-cell" role="columnheader" aria-colindex={place + 2} aria-sort={direction} style={style}>
      <button
        type="button"
        className="table-sort"
        disabled={type.kind === 'tensor'}
        title={[name, typeWord(type, language), columnWord(role, language), missing].filter(Boolean).join(' · ')}
        onClick={() => setOrder(nextOrder(order, name))}
      >
        <span className="table-sort-name mono">{name}</span>
        {sort ? <Arrow size={12} aria-hidden="true" /> : null}
      </button>
      <span className="table-badges">
        <span>{typeWord(type, language)}</span>
        {role === 'feature' ? null : (
          <span className="role-badge" data-role={role}>
            {columnWord(role, language)}
          </span>
        )}
        {missing ? <span className="table-missing">{missing}</span> : null}
      </span>
      {histogram ? <MiniHistogram histogram={histogram} /> : null}
    </div>
  );
}

function nextOrder({ sort, ...rest }: TableOrder, column: string): TableOrder {
  if (sort?.column !== column) return { ...rest, sort: { column, descending: false } };
  return sort.descending ? rest : { ...rest, sort: { column, descending: true } };
}
