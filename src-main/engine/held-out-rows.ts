import { cutLookups } from '../../src-shared/compile/passes/cut-lookups';
import { asTrained, predictRows } from '../../src-shared/fit/predict';
import { rowsOf } from '../../src-shared/fit/read-feeds';
import { elementCount, type TensorArray, type TensorData } from '../../src-shared/ops/tensor';
import { type InputColumn, inputColumns } from '../../src-shared/recipe/input-columns';
import { type OpenTable, type Programs, splitCodes, type Tables } from '../../src-shared/runs/run-context';
import type { Predictor } from '../../src-shared/runs/values';
import type { HeldOutRows } from '../exports/create-exports';

interface Request {
  readonly tables: Tables;
  readonly programs: Programs;
  readonly signal: AbortSignal;
  readonly limit: number;
}

/** A raw column's values for the chosen rows: as requests hold them and as the program takes them. */
interface RawColumn {
  readonly name: string;
  readonly json: readonly unknown[];
  readonly tensor: TensorData;
}

/**
 * Rows that a model was not trained on, raw, with what the app predicts for them: test rows, else validation rows,
 * else training rows. Rows that the preparation refuses (a missing value without a rule) are left out.
 */
export async function heldOutRows(predictor: Predictor, request: Request): Promise<HeldOutRows> {
  const open = await request.tables.open(asTrained(predictor.trainedOn.dataset, predictor));
  try {
    const { program, vocabularies } = cutLookups(predictor.artefact.program);
    const columns = inputColumns(program, vocabularies, predictor.recipe);
    const candidates = unseenRows(open.assignment).subarray(0, rowLimit(columns, request.limit));
    const raw = await Promise.all(columns.map((column) => readRaw(open, column, candidates)));
    const accepted = candidates.filter((_, i) => columns.every((column, c) => accepts(column, raw[c]?.json[i])));
    const chosen = await Promise.all(columns.map((column) => readRaw(open, column, accepted)));
    const outputs = await predictRows(predictor, { ...request, open, rows: accepted });
    return {
      rows: Array.from(accepted, (_, i) => Object.fromEntries(chosen.map(({ name, json }) => [name, json[i]]))),
      inputs: Object.fromEntries(chosen.map(({ name, tensor }) => [name, tensor])),
      outputs: Object.fromEntries(outputs),
    };
  } finally {
    await open.close();
  }
}

/** As JSON a number takes many times its bytes: of large images fewer are compared. */
const mostNumbers = 4_000_000;

function rowLimit(columns: readonly InputColumn[], limit: number): number {
  const perRow = columns.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  return Math.min(limit, Math.max(1, Math.floor(mostNumbers / Math.max(1, perRow))));
}

function unseenRows(assignment: Uint8Array): Int32Array {
  const splits = (['test', 'validation', 'train'] as const).map((split) => rowsOf(assignment, splitCodes[split]));
  return splits.find((rows) => rows.length > 0) ?? new Int32Array(0);
}

function accepts({ mayMiss, only }: InputColumn, value: unknown): boolean {
  if (value === null) return mayMiss;
  return only === undefined || only.includes(String(value));
}

async function readRaw(open: OpenTable, column: InputColumn, rows: Int32Array): Promise<RawColumn> {
  const { name, vocabulary, dtype, shape } = column;
  if (vocabulary || dtype === 'string') return readTexts(open, name, rows);
  const size = elementCount(shape);
  const isTensor = open.columns.some((one) => one.name === name && one.type.kind === 'tensor');
  const data = isTensor ? await (await open.block(name)).pick(rows) : await readScalars(open, name, rows);
  const json = Array.from(rows, (_, i) => {
    const value = nest(data.subarray(i * size, (i + 1) * size), shape);
    return column.isTime ? timeText(value) : value;
  });
  return { name, json, tensor: { dtype, shape: [rows.length, ...shape], data } };
}

/** As a person would send it; milliseconds where no calendar reaches. */
function timeText(value: unknown): unknown {
  const moment = typeof value === 'number' ? new Date(value) : undefined;
  return moment && !Number.isNaN(moment.getTime()) ? moment.toISOString() : value;
}

async function readScalars(open: OpenTable, name: string, rows: Int32Array): Promise<Numbers> {
  const values = await open.read(name);
  const data = values.slice(0, rows.length);
  rows.forEach((row, i) => {
    data[i] = values[row] ?? Number.NaN;
  });
  return data;
}

async function readTexts(open: OpenTable, name: string, rows: Int32Array): Promise<RawColumn> {
  const found = await open.rows([...rows]);
  const texts = found.map((row) => (row[name] === null || row[name] === undefined ? '' : String(row[name])));
  const json = texts.map((text) => (text === '' ? null : text));
  return { name, json, tensor: { dtype: 'string', shape: [rows.length], data: texts } };
}

type Numbers = Exclude<TensorArray, string[] | BigInt64Array>;

/** One row's value as JSON: a number, `null` for a missing one, or lists in lists. */
function nest(values: Numbers, shape: readonly number[]): unknown {
  const [first, ...rest] = shape;
  if (first === undefined) {
    const value = values[0] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  }
  const size = elementCount(rest);
  return Array.from({ length: first }, (_, i) => nest(values.subarray(i * size, (i + 1) * size), rest));
}
