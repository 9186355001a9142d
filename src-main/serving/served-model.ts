import { type FloatArray, isFloatArray, type TensorData } from '../../src-shared/ops/tensor';
import type { Feeds, InputColumn } from '../../src-shared/recipe/input-columns';
import { type OutputField, widthOf } from '../../src-shared/types/signature';
import { refuse } from './http-problem';
import { type RawValues, readColumn } from './read-values';
import type { LoadedProgram } from './run-program';

/** Rows that go through the model at once: enough to be quick, few enough to answer health checks in between. */
const chunkRows = 128;

/** What a request asks about. There is one version, since a bundle holds one. */
export interface ServedModel {
  readonly name: string;
  readonly outputs: readonly OutputField[];
  readonly columns: readonly InputColumn[];
  readonly program: LoadedProgram;
}

export const servedVersion = '1';

/** What the model says of some rows: of each output a number or several a row, in the order of the outputs. */
export interface Scores {
  readonly rows: number;
  readonly outputs: readonly OutputScores[];
}

export interface OutputScores {
  readonly field: OutputField;
  readonly width: number;
  /** float64 where the target's own numbers are. */
  readonly values: FloatArray;
}

/** Raw values by column → scores. Columns that the model does not know are refused, as are missing ones. */
export async function predict(model: ServedModel, columns: ReadonlyMap<string, RawValues>): Promise<Scores> {
  const rows = checkColumns(model, columns);
  const feeds = Object.fromEntries(
    model.columns.map((column) => [column.name, readColumn(column, columns.get(column.name) ?? [])]),
  );
  const outputs = model.outputs.map((field) => {
    const width = widthOf(field);
    return { field, width, values: floatsFor(field, rows * width) };
  });
  for (let start = 0; start < rows; start += chunkRows) {
    const given = model.program.run(sliceRows(feeds, start, Math.min(start + chunkRows, rows)));
    for (const { field, width, values } of outputs) values.set(numbersOf(given, field.name), start * width);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return checkNumbers(model, columns, { rows, outputs });
}

function numbersOf(given: Readonly<Record<string, TensorData>>, name: string): FloatArray {
  const data = given[name]?.data;
  if (!isFloatArray(data)) throw new Error(`The program has no output "${name}" of floating-point numbers.`);
  return data;
}

function checkColumns(model: ServedModel, columns: ReadonlyMap<string, RawValues>): number {
  const wanted = model.columns.map(({ name }) => name);
  const missing = wanted.find((name) => !columns.has(name));
  if (missing !== undefined) refuse(`The column "${missing}" is missing. The model asks for ${quoted(wanted)}.`);
  const unknown = [...columns.keys()].find((name) => !wanted.includes(name));
  if (unknown !== undefined) refuse(`The model has no column "${unknown}". It asks for ${quoted(wanted)}.`);
  const [first = 0, ...others] = wanted.map((name) => columns.get(name)?.length ?? 0);
  if (others.some((count) => count !== first)) refuse('The columns have different numbers of rows.');
  if (first === 0) refuse('There are no rows to predict.');
  return first;
}

function sliceRows(feeds: Feeds, start: number, end: number): Feeds {
  const slice = ({ dtype, shape: [rows = 1, ...rest], data }: TensorData): TensorData => {
    const size = rows === 0 ? 0 : data.length / rows;
    return { dtype, shape: [end - start, ...rest], data: data.slice(start * size, end * size) };
  };
  return Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, slice(tensor)]));
}

function floatsFor({ type }: OutputField, length: number): FloatArray {
  return type.dtype === 'float64' ? new Float64Array(length) : new Float32Array(length);
}

/** A missing value that no preparation step fills makes the whole row NaN: that is said, not sent. */
function checkNumbers(model: ServedModel, columns: ReadonlyMap<string, RawValues>, scores: Scores): Scores {
  const row = firstRowWithoutNumber(scores);
  if (row === undefined) return scores;
  const empty = model.columns.filter(({ name }) => (columns.get(name)?.[row] ?? null) === null).map(({ name }) => name);
  return empty.length > 0
    ? refuse(`Row ${row} has no value for ${quoted(empty)}, and the model has no rule for that.`)
    : refuse(`The prediction for row ${row} is not a finite number: its values are too large for the model.`);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function firstRowWithoutNumber({ outputs }: Scores): number | undefined {
  const rows = outputs.flatMap(({ width, values }) => {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    return bad < 0 ? [] : [Math.floor(bad / width)];
  });
  return rows.length === 0 ? undefined : Math.min(...rows);
}

/** The most probable class of every row. */
export function predictedClasses({ width, values }: OutputScores, classes: readonly string[]): string[] {
  return Array.from({ length: values.length / width }, (_unused, row) => {
    const scores = values.subarray(row * width, (row + 1) * width);
    return classes[scores.indexOf(Math.max(...scores))] ?? '';
  });
}

/** The numbers of all outputs for one row, one output after the other. */
export function rowNumbers({ outputs }: Scores, row: number): number[] {
  return outputs.flatMap(({ width, values }) => Array.from(values.subarray(row * width, (row + 1) * width)));
}
