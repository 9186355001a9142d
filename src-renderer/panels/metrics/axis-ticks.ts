/** Lines across a chart: no more than four. */
const most = 4;

/** Places for the lines of an axis: round numbers inside the range, or powers of ten on a logarithmic one. */
export function axisTicks(min: number, max: number, isLog = false): number[] {
  if (!Number.isFinite(min) || !Number.isFinite(max) || max < min) return [];
  if (max === min) return [min];
  return (isLog && min > 0 && powers(min, max)) || rounds(min, max);
}

function rounds(min: number, max: number): number[] {
  const rough = (max - min) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  for (const size of [1, 2, 2.5, 5, 10, 20]) {
    const ticks = multiples(size * power, min, max);
    if (ticks.length <= most) return ticks;
  }
  return [];
}

function multiples(step: number, min: number, max: number): number[] {
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function powers(min: number, max: number): number[] | undefined {
  const first = Math.ceil(Math.log10(min) - 1e-9);
  const last = Math.floor(Math.log10(max) + 1e-9);
  const count = last - first + 1;
  if (count < 2) return undefined;
  const step = Math.ceil(count / most);
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => 10 ** (first + i * step));
}

/** A number on an axis, as short as it can be told apart. */
export function tickText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(0);
  if (size >= 1e4) return `${Number((value / 1000).toPrecision(3))}k`;
  return String(Number(value.toPrecision(4)));
}
