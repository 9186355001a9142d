import type { Cell, PreviewColumn, TablePreview } from '../../../src-shared/preview';
import type { ColumnType } from '../../../src-shared/types/ports';

const least = 96;
const most = 260;
/** Of one sign of the small monospaced face, in pixels. */
const sign = 7.3;
const room = 20;
const badgeSign = 6;
/** Signs of the words for types. */
const typeLengths: Readonly<Record<ColumnType['kind'], number>> = {
  float: 6,
  int: 12,
  bool: 13,
  string: 4,
  time: 4,
  tensor: 14,
};

/** Width of each column in pixels, after its name and the rows that are here first. */
export function columnWidths({ columns, rows }: Pick<TablePreview, 'columns' | 'rows'>): number[] {
  return columns.map((column, place) => {
    const longest = rows.slice(0, 60).reduce((length, row) => Math.max(length, lengthOf(row[place])), 0);
    const needed = Math.max(column.name.length * sign + room + 16, badgesWidth(column), longest * sign + room);
    return Math.round(Math.min(most, Math.max(least, needed)));
  });
}

/** Of the second line of a head: type, role, what is missing, and the histogram beside them. */
function badgesWidth({ type, role, nulls, histogram }: PreviewColumn): number {
  const words = typeLengths[type.kind] + (role === 'feature' ? 0 : 9) + (nulls ? 14 : 0);
  return words * badgeSign + room + (histogram ? 52 : 0);
}

function lengthOf(cell: Cell | undefined): number {
  return cell === null || cell === undefined || typeof cell === 'object' ? 0 : cellText(cell).length;
}

/** A cell as people read it. */
export function cellText(cell: string | number | boolean): string {
  if (typeof cell !== 'number' || Number.isInteger(cell)) return String(cell);
  const size = Math.abs(cell);
  return size !== 0 && (size < 1e-4 || size >= 1e9) ? cell.toExponential(3) : String(Number(cell.toPrecision(6)));
}
