import type { TensorData } from '../../src-shared/ops/tensor';
import { elementCount, isFloat } from '../../src-shared/ops/tensor';
import type { InputColumn } from '../../src-shared/recipe/input-columns';
import { readTime } from '../../src-shared/recipe/read-time';
import { refuse } from './http-problem';

/** One value per row, as they stand in the request; `null` where a row has none. */
export type RawValues = readonly unknown[];

/**
 * The values of one column as a tensor `[rows, ...shape]`. A missing number is NaN; words become codes.
 * Refuses a wrong shape, text in a number and what the preparation refuses, naming column and row.
 */
export function readColumn(column: InputColumn, rows: RawValues): TensorData {
  if (column.vocabulary) return readCodes(column, column.vocabulary, rows);
  if (column.dtype === 'string') {
    return {
      dtype: 'string',
      shape: [rows.length],
      data: rows.map((value, row) => word(value, { column, row }) ?? ''),
    };
  }
  const size = elementCount(column.shape);
  const data = allocate(column, rows.length * size);
  for (const [row, values] of flatRows(column, rows).entries()) {
    fillRow(data, { values, at: row * size, place: { column, row } });
  }
  return { dtype: column.dtype, shape: [rows.length, ...column.shape], data };
}

/** How many rows are named of those that do not fit. */
const namedRows = 3;

/** Every row's elements in order. Refuses rows of another size, such as sequences of unequal length, and names them. */
function flatRows({ name, shape }: InputColumn, rows: RawValues): (readonly unknown[])[] {
  if (shape.length === 0) return rows.map((value) => [unwrap(value)]);
  const flat = rows.map((value) => flatten(value, shape));
  const wrong = flat.flatMap((values, row) => (values ? [] : [row]));
  if (wrong.length === 0) return flat.filter((values) => values !== undefined);
  const named = wrong.slice(0, namedRows).map((row) => `row ${row} has ${shapeWords(rows[row])}`);
  const more = wrong.length > namedRows ? [`${wrong.length - namedRows} more differ`] : [];
  return refuse(
    `The column "${name}" wants the shape [${shape.join(', ')}] per row; ${[...named, ...more].join(', ')}.`,
  );
}

/** The sizes of nested lists, by their first elements. */
function shapeWords(value: unknown): string {
  const sizes: number[] = [];
  for (let inner = value; Array.isArray(inner); inner = inner[0]) sizes.push(inner.length);
  return sizes.length === 0 ? show(value) : `[${sizes.join(', ')}]`;
}

interface Place {
  readonly column: InputColumn;
  readonly row: number;
}

function readCodes(column: InputColumn, vocabulary: readonly string[], rows: RawValues): TensorData {
  const codes = new Map(vocabulary.map((text, code) => [text, code]));
  const data = Int32Array.from(rows, (value, row) => {
    const text = word(value, { column, row });
    if (text === undefined) return column.mayMiss ? vocabulary.length + 1 : refuseMissing({ column, row });
    refuseUnknown(text, { column, row });
    return codes.get(text) ?? vocabulary.length;
  });
  return { dtype: 'int32', shape: [rows.length], data };
}

function refuseMissing({ column, row }: Place): never {
  return refuse(`The column "${column.name}" is missing in row ${row}, and the model has no rule for that.`);
}

function refuseUnknown(text: string, { column: { name, only }, row }: Place): void {
  if (only && !only.includes(text)) {
    refuse(`The column "${name}" has the unknown value ${show(text)} in row ${row}. Known: ${list(only)}.`);
  }
}

/** A text; numbers and booleans are taken as they print, since categories are often numbers. */
function word(value: unknown, { column, row }: Place): string | undefined {
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (single === null || single === undefined || single === '') return undefined;
  if (typeof single === 'string') return single;
  if (typeof single === 'number' || typeof single === 'boolean') return String(single);
  return refuse(`The column "${column.name}" wants a text; row ${row} has ${show(value)}.`);
}

function allocate(
  column: InputColumn,
  length: number,
): Float32Array | Float64Array | Int32Array | Uint8Array | BigInt64Array {
  if (column.dtype === 'uint8' || column.dtype === 'bool') return new Uint8Array(length);
  if (column.dtype === 'int32') return new Int32Array(length);
  if (column.dtype === 'float64') return new Float64Array(length);
  return column.dtype === 'int64' ? new BigInt64Array(length) : new Float32Array(length);
}

/** Writes one row's elements from position `at` on. */
function fillRow(
  data: ReturnType<typeof allocate>,
  { values, at, place }: { readonly values: readonly unknown[]; readonly at: number; readonly place: Place },
): void {
  for (const [i, value] of values.entries()) {
    const number = readNumber(value, place);
    data[at + i] = data instanceof BigInt64Array ? BigInt(number) : number;
  }
}

function unwrap(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/** Elements of a value nested as `shape`, or flat with as many; undefined where it is neither. */
function flatten(value: unknown, shape: readonly number[]): readonly unknown[] | undefined {
  if (!Array.isArray(value)) return undefined;
  if (value.length === elementCount(shape) && !value.some(Array.isArray)) return value;
  return nested(value, shape);
}

function nested(value: unknown, [size, ...rest]: readonly number[]): readonly unknown[] | undefined {
  if (!Array.isArray(value) || value.length !== size) return undefined;
  if (rest.length === 0) return value.some(Array.isArray) ? undefined : value;
  const parts = value.map((inner) => nested(inner, rest));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function readNumber(value: unknown, { column, row }: Place): number {
  const float = isFloat(column.dtype);
  if (value === null || value === undefined) {
    if (float && column.shape.length === 0 && column.mayMiss) return Number.NaN;
    return refuseMissing({ column, row });
  }
  if (column.isTime && typeof value === 'string') return readTime(value) ?? refuseTime(value, { column, row });
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number !== 'number' && column.isTime) refuseTime(value, { column, row });
  if (typeof number !== 'number')
    return refuse(`The column "${column.name}" wants a number; row ${row} has ${show(value)}.`);
  refuseUnknown(String(number), { column, row });
  if (float) return number;
  const [low, high] = range(column);
  if (!Number.isInteger(number) || number < low || number > high) {
    refuse(`The column "${column.name}" wants a whole number from ${low} to ${high}; row ${row} has ${show(value)}.`);
  }
  return number;
}

function refuseTime(value: unknown, { column, row }: Place): never {
  return refuse(
    `The column "${column.name}" wants a time such as "2026-12-01T13:45:00Z", or milliseconds since 1970; row ${row} has ${show(value)}.`,
  );
}

function range({ dtype }: InputColumn): readonly [number, number] {
  if (dtype === 'bool') return [0, 1];
  if (dtype === 'uint8') return [0, 255];
  return dtype === 'int32' ? [-(2 ** 31), 2 ** 31 - 1] : [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
}

/** A value as it stands in a sentence: short, never a whole image. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function list(words: readonly string[]): string {
  return words.length > 12 ? `${words.slice(0, 12).join(', ')} and ${words.length - 12} more` : words.join(', ');
}
