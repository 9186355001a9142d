import { rowsOf } from '../../../src-shared/fit/read-feeds';
import {
  type Example,
  maxPreviewRows,
  type PreviewAsk,
  type PreviewColumn,
  type TablePreview,
} from '../../../src-shared/preview';
import { fail } from '../../../src-shared/problem';
import { quoteName } from '../../../src-shared/recipe/sql';
import { splitCodes } from '../../../src-shared/runs/run-context';
import type { SplitName } from '../../../src-shared/types/ports';
import { type LoadedTable, openTable } from '../tables/open-table';
import { measureColumns } from './column-statistics';
import { CellReader } from './read-cells';
import { describeColumn, type ViewColumn } from './view-column';

export type PageRequest = Pick<PreviewAsk, 'offset' | 'limit' | 'sort' | 'split' | 'statistics'>;

const splitNames = ['train', 'validation', 'test'] as const satisfies readonly SplitName[];

/** Rows of a source, and the pictures they name by place. */
export interface Originals {
  readonly images: readonly string[];
  readonly rows: readonly Pick<Example, 'image' | 'features'>[];
}

interface ViewFacts {
  /** The columns once every step is done. */
  readonly columns: readonly ViewColumn[];
  /** Only the first rows were read. */
  readonly isSampled: boolean;
}

/** A table as it is after its preparation steps, open for paging. */
export class TableView {
  /** Source rows that are shown, by split, and all of them. */
  private readonly rows: Readonly<Record<SplitName | 'all', Int32Array>>;
  private readonly statistics = new Map<string, readonly Partial<PreviewColumn>[]>();
  private readonly cells: CellReader;
  private sorted: { readonly by: string; readonly rows: Int32Array } | undefined;

  constructor(
    private readonly loaded: LoadedTable,
    private readonly assignment: Uint8Array,
    private readonly view: ViewFacts,
  ) {
    const [train, validation, test] = splitNames.map((name) => rowsOf(assignment, splitCodes[name]));
    if (!train || !validation || !test) throw new Error('There are three splits.');
    const all = Int32Array.from(assignment.keys()).filter((row) => assignment[row] !== splitCodes.dropped);
    this.rows = { train, validation, test, all };
    this.cells = new CellReader(loaded, view.columns);
  }

  async page(page: PageRequest, signal: AbortSignal): Promise<TablePreview> {
    const loaded = { ...this.loaded, database: this.loaded.database.until(signal) };
    const rows = await this.inOrder(page, loaded);
    const shown = rows.subarray(page.offset, page.offset + Math.min(page.limit, maxPreviewRows));
    const measured = page.statistics ? await this.measure(page, loaded) : [];
    return {
      kind: 'table',
      columns: this.view.columns.map((column, i) => ({ ...describeColumn(column), ...measured[i] })),
      rowNumbers: [...shown],
      ...(await this.cells.read(shown, signal)),
      offset: page.offset,
      total: rows.length,
      ...(this.loaded.value.split ? this.splitsOf(shown) : {}),
      ...(this.view.isSampled ? { sampled: true } : {}),
    };
  }

  /** Some rows as the source has them: the picture of the first feature that is one, else the values. */
  async originals(numbers: Int32Array, signal: AbortSignal): Promise<Originals> {
    const picture = this.cells.firstPicture();
    if (picture) {
      const images = await this.cells.pictures(picture, numbers);
      return { images, rows: images.map((_, image) => ({ image })) };
    }
    const open = openTable({ ...this.loaded, database: this.loaded.database.until(signal) }, this.assignment);
    return { images: [], rows: (await open.rows([...numbers])).map((features) => ({ features })) };
  }

  async close(): Promise<void> {
    await openTable(this.loaded, this.assignment).close();
  }

  private splitsOf(shown: Int32Array): Pick<TablePreview, 'splits' | 'rowSplits'> {
    const { train, validation, test } = this.rows;
    const splits = { train: train.length, validation: validation.length, test: test.length };
    const nameOf = (row: number) => splitNames.find((name) => splitCodes[name] === this.assignment[row]) ?? 'train';
    return { splits, rowSplits: Array.from(shown, nameOf) };
  }

  private chosen({ split }: PageRequest): Int32Array {
    return this.rows[this.loaded.value.split && split ? split : 'all'];
  }

  private async inOrder(page: PageRequest, loaded: LoadedTable): Promise<Int32Array> {
    const { sort, split } = page;
    const chosen = this.chosen(page);
    if (!sort) return chosen;
    const by = JSON.stringify([sort.column, sort.descending, split]);
    if (this.sorted?.by === by) return this.sorted.rows;
    const rows = await this.sort(sort, { chosen, loaded });
    this.sorted = { by, rows };
    return rows;
  }

  private async sort(
    { column: name, descending }: NonNullable<PageRequest['sort']>,
    { chosen, loaded: { database, table } }: { readonly chosen: Int32Array; readonly loaded: LoadedTable },
  ): Promise<Int32Array> {
    const from = this.view.columns.find(({ column }) => column.name === name)?.from;
    if (!from || 'block' in from) return fail('preview-cannot-sort', { column: name });
    const isChosen = new Uint8Array(this.assignment.length);
    for (const row of chosen) isChosen[row] = 1;
    const sorted = new Int32Array(chosen.length);
    let next = 0;
    const order = `${from.cell} ${descending ? 'DESC' : 'ASC'} NULLS LAST, rowid`;
    await database.stream(`SELECT CAST(rowid AS INTEGER) FROM ${quoteName(table)} ORDER BY ${order}`, (chunk) => {
      const vector = chunk.getColumnVector(0);
      for (let i = 0; i < chunk.rowCount; i++) {
        const row = Number(vector.getItem(i));
        if (isChosen[row] === 1) sorted[next++] = row;
      }
    });
    return sorted;
  }

  private async measure(page: PageRequest, loaded: LoadedTable): Promise<readonly Partial<PreviewColumn>[]> {
    const key = page.split ?? 'all';
    const known = this.statistics.get(key);
    if (known) return known;
    const measured = await measureColumns(loaded, this.view.columns, this.chosen(page));
    this.statistics.set(key, measured);
    return measured;
  }
}
