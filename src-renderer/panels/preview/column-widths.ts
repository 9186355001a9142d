import type { Cell, TablePreview } from '../../../src-shared/preview';

const least = 96;
const most = 260;
/** Of one sign of the small monospaced face, in pixels. */
const sign = 7.3;
const room = 20;

/** Width of each column in pixels, after its name and the rows that are here first. */
export function columnWidths({ columns, rows }: Pick<TablePreview, 'columns' | 'rows'>): number[] {
  return columns.map(({ name }, place) => {
    const longest = rows.slice(0, 60).reduce((length, row) => Math.max(length, lengthOf(row[place])), 0);
    const needed = Math.max(name.length * sign + room + 46, longest * sign + room);
    return Math.round(Math.min(most, Math.max(least, needed)));
  });
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
