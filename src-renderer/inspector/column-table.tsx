import type { Column } from '../../src-shared/types/ports';
import { columnWord, typeWord } from '../fields/column-words';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { columnFacts } from './type-words';

/** More columns than anybody reads are counted. */
const most = 200;

/** The columns of a table: type, role, and what is known of the values. */
export function ColumnTable({ columns }: { readonly columns: readonly Column[] }) {
  const t = useTranslate();
  const language = useLanguage();
  return (
    <section>
      <h3 className="section-title">{t('inspector.columnCount', { count: columns.length })}</h3>
      <ul className="column-table">
        {columns.slice(0, most).map((column) => (
          <li key={column.name}>
            <span className="column-table-name mono" title={column.name}>
              {column.name}
            </span>
            <span className="muted small">{typeWord(column.type, language)}</span>
            {column.role === 'feature' ? null : (
              <span className="role-badge" data-role={column.role}>
                {columnWord(column.role, language)}
              </span>
            )}
            <span className="column-table-facts mono muted">{columnFacts(column, language)}</span>
          </li>
        ))}
      </ul>
      {columns.length > most ? (
        <p className="muted small">{t('inspector.moreColumns', { count: columns.length - most })}</p>
      ) : null}
    </section>
  );
}
