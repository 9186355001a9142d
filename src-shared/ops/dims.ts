/**
 * Dimensions: integers, or integer expressions over symbols such as `batch` and `time`.
 *
 * An expression is kept as its normal-form text (`2*time+1`, `floordiv(time-1,2)`), so a shape is plain data
 * and two dimensions are equal exactly when they are `===`.
 */
export type Dim = number | string;
export type Shape = readonly Dim[];

/** A sum of terms: product of atoms (sorted, joined by `*`) → integer coefficient. The constant has the key ''. */
type Terms = Map<string, number>;

function parse(dim: Dim): Terms {
  if (typeof dim === 'number') return new Map(dim === 0 ? [] : [['', dim]]);
  const terms: Terms = new Map();
  for (const { sign, text } of splitTerms(dim)) {
    const match = /^(\d+)(?:\*(.*))?$/.exec(text);
    const key = match ? (match[2] ?? '') : text;
    addTerm(terms, key, sign * (match ? Number(match[1]) : 1));
  }
  return terms;
}

function splitTerms(text: string): { sign: number; text: string }[] {
  const parts: { sign: number; text: string }[] = [];
  let depth = 0;
  let start = 0;
  let sign = 1;
  const push = (end: number) => {
    if (end > start) parts.push({ sign, text: text.slice(start, end) });
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (depth === 0 && (c === '+' || c === '-')) {
      push(i);
      sign = c === '-' ? -1 : 1;
      start = i + 1;
    }
  }
  push(text.length);
  return parts;
}

function addTerm(terms: Terms, key: string, coefficient: number): void {
  const sum = (terms.get(key) ?? 0) + coefficient;
  if (sum === 0) terms.delete(key);
  else terms.set(key, sum);
}

function print(terms: Terms): Dim {
  if (terms.size === 0) return 0;
  if (terms.size === 1 && terms.has('')) return terms.get('') ?? 0;
  const keys = [...terms.keys()].sort((a, b) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1));
  let text = '';
  for (const key of keys) {
    const c = terms.get(key) ?? 0;
    const body = key === '' ? `${Math.abs(c)}` : Math.abs(c) === 1 ? key : `${Math.abs(c)}*${key}`;
    text += c < 0 ? `-${body}` : text === '' ? body : `+${body}`;
  }
  return text;
}

/** Splits the atoms of a product at `*` outside parentheses. */
function atoms(key: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= key.length; i++) {
    const c = key[i];
    if (c === '(') depth++;
    else if (c === ')') depth--;
    else if ((c === '*' && depth === 0) || c === undefined) {
      if (i > start) found.push(key.slice(start, i));
      start = i + 1;
    }
  }
  return found;
}

export function addDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const terms = parse(a);
  for (const [key, c] of parse(b)) addTerm(terms, key, c);
  return print(terms);
}

export function multiplyDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  const terms: Terms = new Map();
  for (const [keyA, ca] of parse(a)) {
    for (const [keyB, cb] of parse(b)) {
      addTerm(terms, [...atoms(keyA), ...atoms(keyB)].sort().join('*'), ca * cb);
    }
  }
  return print(terms);
}

export function subtractDims(a: Dim, b: Dim): Dim {
  return addDims(a, multiplyDims(b, -1));
}

/** `floor(a / b)` for a positive integer b. */
export function floorDivideDim(a: Dim, b: number): Dim {
  if (b === 1) return a;
  if (typeof a === 'number') return Math.floor(a / b);
  const terms = parse(a);
  if ([...terms.values()].every((c) => c % b === 0)) {
    return print(new Map([...terms].map(([key, c]) => [key, c / b])));
  }
  return `floordiv(${a},${b})`;
}

/** The product of all dimensions: how many elements a tensor of this shape has. */
export function sizeOf(shape: Shape): Dim {
  return shape.reduce<Dim>(multiplyDims, 1);
}

/** The value of a dimension once its symbols are known; throws where one is missing. */
export function evaluateDim(dim: Dim, symbols: Readonly<Record<string, number>>): number {
  if (typeof dim === 'number') return dim;
  let sum = 0;
  for (const [key, c] of parse(dim)) {
    sum += atoms(key).reduce((product, atom) => product * evaluateAtom(atom, symbols), c);
  }
  return sum;
}

function evaluateAtom(atom: string, symbols: Readonly<Record<string, number>>): number {
  const division = /^floordiv\((.*),(\d+)\)$/.exec(atom);
  if (division) return Math.floor(evaluateDim(division[1] ?? '', symbols) / Number(division[2]));
  const value = symbols[atom];
  if (value === undefined) throw new Error(`The size of dimension "${atom}" is not known here.`);
  return value;
}

/** The dimension with an expression in place of a symbol. */
export function substituteDim(dim: Dim, symbol: string, value: Dim): Dim {
  if (typeof dim === 'number') return dim;
  const atom = (text: string): Dim => {
    const division = /^floordiv\((.*),(\d+)\)$/.exec(text);
    if (!division) return text === symbol ? value : text;
    return floorDivideDim(substituteDim(division[1] ?? '', symbol, value), Number(division[2]));
  };
  let sum: Dim = 0;
  for (const [key, c] of parse(dim)) {
    sum = addDims(
      sum,
      atoms(key).reduce<Dim>((product, text) => multiplyDims(product, atom(text)), c),
    );
  }
  return sum;
}

/** The shape with its symbols filled in; used where a run has fixed the batch size. */
export function evaluateShape(shape: Shape, symbols: Readonly<Record<string, number>>): number[] {
  return shape.map((dim) => evaluateDim(dim, symbols));
}

export function isStatic(shape: Shape): shape is readonly number[] {
  return shape.every((dim) => typeof dim === 'number');
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** NumPy broadcasting; undefined where the shapes contradict each other. */
export function broadcastShapes(a: Shape, b: Shape): Dim[] | undefined {
  const rank = Math.max(a.length, b.length);
  const result: Dim[] = [];
  for (let i = 0; i < rank; i++) {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x === y || y === 1) result.push(x);
    else if (x === 1) result.push(y);
    else return undefined;
  }
  return result;
}

/** How a shape is written for people: `[batch, 28, 28, 1]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}
