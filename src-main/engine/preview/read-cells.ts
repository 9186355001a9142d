import { DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';
import { elementCount } from '../../../src-shared/ops/tensor';
import type { Cell, TablePreview } from '../../../src-shared/preview';
import { quoteName } from '../../../src-shared/recipe/sql';
import type { BlockNumbers } from '../../../src-shared/runs/run-context';
import type { Block } from '../../../src-shared/runs/values';
import { nearRows } from '../tables/choose-rows';
import { type LoadedTable, readBlock } from '../tables/open-table';
import { plainValue } from '../tables/plain-value';
import { isPicture, thumbnail } from './thumbnail';
import type { ViewColumn } from './view-column';

type ReadCells = Pick<TablePreview, 'rows' | 'images'>;

/** A name that no column has. */
const rowNumber = '"\u0001row"';
/** Numbers of a vector that are written out. */
const shownNumbers = 32;

/** Reads cells of a view. Of tensor columns only the rows that are shown are read. */
export class CellReader {
  constructor(
    private readonly loaded: LoadedTable,
    private readonly columns: readonly ViewColumn[],
  ) {}

  async read(rows: Int32Array, signal: AbortSignal): Promise<ReadCells> {
    const images: string[] = [];
    const values = await this.readValues(rows, signal);
    const blocks = await Promise.all(
      this.columns.map(({ column, from }) => ('block' in from ? this.rowsOf(column.name, rows) : undefined)),
    );
    const cells = Array.from(rows, (_row, i) =>
      this.columns.map(({ from }, c): Cell => {
        const block = blocks[c];
        if (!('block' in from) || !block) return cellOf(values[i]?.[`c${c}`]);
        const size = elementCount(from.block.shape);
        const own = block.subarray(i * size, (i + 1) * size);
        return blockCell(own, from.block, images);
      }),
    );
    return { rows: cells, images };
  }

  /** The first feature that can be shown as a picture. */
  firstPicture(): ViewColumn | undefined {
    return this.columns.find(
      ({ column, from }) => column.role === 'feature' && 'block' in from && isPicture(from.block.shape),
    );
  }

  async pictures({ column, from }: ViewColumn, rows: Int32Array): Promise<string[]> {
    if (!('block' in from)) return [];
    const { shape } = from.block;
    const size = elementCount(shape);
    const values = await this.rowsOf(column.name, rows);
    return Array.from(rows, (_row, i) => thumbnail(values.subarray(i * size, (i + 1) * size), shape));
  }

  private async readValues(rows: Int32Array, signal: AbortSignal): Promise<Record<string, DuckDBValue>[]> {
    const { database, table } = this.loaded;
    const list = this.columns.flatMap(({ from }, c) => ('block' in from ? [] : [`${from.cell} AS "c${c}"`]));
    if (rows.length === 0 || list.length === 0) return [];
    const found = await database
      .until(signal)
      .rows(`SELECT rowid AS ${rowNumber}, ${list.join(', ')} FROM ${quoteName(table)} WHERE ${nearRows(rows)}`);
    const byRow = new Map(found.map((row) => [Number(row['\u0001row']), row]));
    return Array.from(rows, (row) => byRow.get(row) ?? {});
  }

  private async rowsOf(name: string, rows: Int32Array): Promise<BlockNumbers> {
    return (await readBlock(this.loaded, name)).pick(rows);
  }
}

function blockCell(values: BlockNumbers, { shape }: Block, images: string[]): Cell {
  if (isPicture(shape)) return { image: images.push(thumbnail(values, shape)) - 1 };
  if (values.length <= shownNumbers) return Array.from(values, formatNumber).join(' ');
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return `${shape.join(' × ')}: ${formatNumber(low)} … ${formatNumber(high)}`;
}

function cellOf(value: DuckDBValue | undefined): Cell {
  if (typeof value === 'boolean') return value;
  if (value instanceof DuckDBListValue) return vectorCell(value.items);
  const plain = plainValue(value);
  // JSON has no word for them.
  return typeof plain === 'number' && !Number.isFinite(plain) ? String(plain) : plain;
}

function vectorCell(items: readonly DuckDBValue[]): string {
  const shown = items.slice(0, shownNumbers).map((item) => formatNumber(Number(item)));
  return items.length > shownNumbers ? `${shown.join(' ')} …` : shown.join(' ');
}

function formatNumber(value: number): string {
  return Number(value.toPrecision(6)).toString();
}
