import type { Column, WireType } from '../../src-shared/types/ports';
import { useTranslate } from '../i18n/i18n';
import { shapeText } from './node-fact';

const shown = 12;

/** Columns of a table with their types: what a wire carries, before anything ran. */
export function SchemaLines({ type }: { readonly type: WireType }) {
  const t = useTranslate();
  const columns = 'columns' in type ? type.columns : [];
  if (columns.length === 0) return null;
  const left = columns.length - shown;
  return (
    <ul className="port-hint-columns mono">
      {columns.slice(0, shown).map((column) => (
        <li key={column.name} data-role={column.role}>
          <span>{column.name}</span>
          <span className="muted">{columnType(column)}</span>
        </li>
      ))}
      {left > 0 ? <li className="muted">{t('canvas.moreColumns', { count: left })}</li> : null}
    </ul>
  );
}

function columnType({ type, role }: Column): string {
  const name = type.kind === 'tensor' ? `${shapeText(type.shape)} ${type.dtype}` : type.kind;
  return role === 'feature' ? name : `${name} · ${role}`;
}
