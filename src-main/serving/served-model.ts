import { type FloatArray, isFloatArray, type TensorData } from '../../src-shared/ops/tensor';
import type { Feeds, InputColumn } from '../../src-shared/recipe/input-columns';
import type { Task } from '../../src-shared/types/ports';
import { refuse } from './http-problem';
import { type RawValues, readColumn } from './read-values';
import type { LoadedProgram } from './run-program';

/** Rows that go through the model at once: enough to be quick, few enough to answer health checks in between. */
const chunkRows = 128;

/** What a request asks about. There is one version, since a bundle holds one. */
export interface ServedModel {
  readonly name: string;
  readonly task: Task;
  readonly classes: readonly string[];
  readonly columns: readonly InputColumn[];
  readonly program: LoadedProgram;
}

export const servedVersion = '1';

/** `[rows, classes]` probabilities, or `[rows, 1]` values. */
export interface Scores {
  readonly rows: number;
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
  const parts: FloatArray[] = [];
  for (let start = 0; start < rows; start += chunkRows) {
    parts.push(predictChunk(model, sliceRows(feeds, start, Math.min(start + chunkRows, rows))));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const width = model.task === 'classification' ? model.classes.length : 1;
  return checkNumbers(model, columns, { rows, width, values: concatenate(parts, rows * width) });
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

function predictChunk(model: ServedModel, feeds: Feeds): FloatArray {
  const outputs = model.program.run(feeds);
  const scores = outputs[model.task === 'classification' ? 'probabilities' : 'prediction'];
  const data = scores?.data;
  if (isFloatArray(data)) return data;
  throw new Error('The program has no output that the server knows.');
}

function sliceRows(feeds: Feeds, start: number, end: number): Feeds {
  const slice = ({ dtype, shape: [rows = 1, ...rest], data }: TensorData): TensorData => {
    const size = rows === 0 ? 0 : data.length / rows;
    return { dtype, shape: [end - start, ...rest], data: data.slice(start * size, end * size) };
  };
  return Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, slice(tensor)]));
}

function concatenate(parts: readonly FloatArray[], length: number): FloatArray {
  const whole = parts[0] instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A missing value that no preparation step fills makes the whole row NaN: that is said, not sent. */
function checkNumbers(model: ServedModel, columns: ReadonlyMap<string, RawValues>, scores: Scores): Scores {
  const bad = scores.values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return scores;
  const row = Math.floor(bad / scores.width);
  const empty = model.columns.filter(({ name }) => (columns.get(name)?.[row] ?? null) === null).map(({ name }) => name);
  return empty.length > 0
    ? refuse(`Row ${row} has no value for ${quoted(empty)}, and the model has no rule for that.`)
    : refuse(`The prediction for row ${row} is not a finite number: its values are too large for the model.`);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** The most probable class of every row. */
export function predictedClasses(model: ServedModel, { rows, width, values }: Scores): string[] {
  return Array.from({ length: rows }, (_unused, row) => {
    const scores = values.subarray(row * width, (row + 1) * width);
    return model.classes[scores.indexOf(Math.max(...scores))] ?? '';
  });
}
