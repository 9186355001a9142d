/** A line of a chart. Colours are names of the window's tokens (`--accent`). */
export interface Line {
  readonly label: string;
  readonly colour: string;
  /** Drawn behind the others, thin and pale. */
  readonly isFaint?: boolean;
  readonly y: readonly (number | null)[];
}

/** What a chart draws, and what is saved of it. */
export interface ChartData {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly x: readonly number[];
  readonly lines: readonly Line[];
  readonly isLog?: boolean;
}

/** The rows behind a chart, header first. */
export function chartRows({ xLabel, x, lines }: ChartData): (string | number | null)[][] {
  const header = [xLabel, ...lines.map(({ label }) => label)];
  return [header, ...x.map((value, i) => [value, ...lines.map(({ y }) => y[i] ?? null)])];
}

/** What a logarithmic axis can show. */
export function shownValues({ y }: Line, isLog: boolean | undefined): (number | null)[] {
  return y.map((value) => (value === null || (isLog && value <= 0) ? null : value));
}

/** Lowest and highest value of all lines. */
export function valueRange({ lines, isLog }: Pick<ChartData, 'lines' | 'isLog'>): readonly [number, number] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const line of lines) {
    for (const value of shownValues(line, isLog)) {
      if (value === null) continue;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  if (min > max) return [0, 1];
  return min === max ? widen(min) : [min, max];
}

function widen(value: number): readonly [number, number] {
  const by = value === 0 ? 1 : Math.abs(value) / 2;
  return [value - by, value + by];
}
