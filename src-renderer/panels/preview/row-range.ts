/** Rows that a person marked, both ends with them. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** The range after a click on a row's number: that row, all up to it with Shift, none where it alone was marked. */
export function clickRow(range: RowRange | undefined, row: number, isExtending: boolean): RowRange | undefined {
  if (isExtending && range) return { from: Math.min(range.from, row), to: Math.max(range.to, row) };
  return range?.from === row && range.to === row ? undefined : { from: row, to: row };
}

export function isInRange(range: RowRange | undefined, row: number): boolean {
  return range !== undefined && row >= range.from && row <= range.to;
}
