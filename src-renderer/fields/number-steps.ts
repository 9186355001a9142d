/** Limits of a number, as its declaration gives them. */
export interface NumberLimits {
  readonly isInt: boolean;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** The limits themselves are not allowed. */
  readonly exclusive?: boolean | undefined;
}

/** The number that a person typed: `0.001`, `1e-3`, `.5`, full-width digits; undefined where it is none. */
export function parseNumber(text: string): number | undefined {
  const plain = text.normalize('NFKC').trim().replace('−', '-');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const number = Number(plain);
  return Number.isFinite(number) ? number : undefined;
}

/** One step of an arrow key: by one in the last digit that is written, so that 0.001 becomes 0.002 and 5 becomes 6. */
export function stepNumber(
  value: number,
  { direction, isBig = false }: { readonly direction: 1 | -1; readonly isBig?: boolean },
  limits: NumberLimits,
): number {
  const unit = limits.isInt ? 0 : lastDigit(value, direction);
  const exponent = isBig ? unit + 1 : unit;
  const step = Number(`1e${exponent}`);
  const next = Number((value + direction * step).toFixed(Math.min(100, Math.max(0, -exponent, -unit))));
  return isAllowed(next, limits) ? next : nearestLimit(value, direction, limits);
}

/** Power of ten of the last digit; a single 1 that falls goes on one digit further down: 0.01, 0.009. */
function lastDigit(value: number, direction: 1 | -1): number {
  if (value === 0) return -1;
  const [, digits = '', exponent = '0'] = /^-?([\d.]+)e([+-]\d+)$/.exec(value.toExponential()) ?? [];
  const decimals = digits.replace('.', '').length - 1;
  const unit = Math.min(0, Number(exponent) - decimals);
  const shrinks = direction === -Math.sign(value);
  return shrinks && unit < 0 && decimals === 0 && digits === '1' ? unit - 1 : unit;
}

function isAllowed(value: number, { min = -Infinity, max = Infinity, exclusive = false }: NumberLimits): boolean {
  return exclusive ? value > min && value < max : value >= min && value <= max;
}

function nearestLimit(value: number, direction: 1 | -1, { min, max, exclusive }: NumberLimits): number {
  const limit = direction === 1 ? max : min;
  return exclusive || limit === undefined ? value : limit;
}

/** `0.001`, `1e-7`: the shortest text that means this number. */
export function numberText(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
}

/** `1 – 100,000`, `> 0`, `≥ 1`: what a number may be; empty where anything goes. */
export function limitsText({ min, max, exclusive }: NumberLimits, format: (value: number) => string): string {
  if (min !== undefined && max !== undefined) {
    return exclusive ? `> ${format(min)}, < ${format(max)}` : `${format(min)} – ${format(max)}`;
  }
  if (min !== undefined) return `${exclusive ? '>' : '≥'} ${format(min)}`;
  return max === undefined ? '' : `${exclusive ? '<' : '≤'} ${format(max)}`;
}
