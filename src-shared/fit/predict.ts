import { compileInference } from '../compile/compile-inference';
import { computeOnHost } from '../compile/compute-on-host';
import { cutDoubles } from '../compile/passes/cut-doubles';
import { cutLookups } from '../compile/passes/cut-lookups';
import { lookupOp } from '../ops/catalog';
import type { Program } from '../ops/program';
import { type FloatArray, isFloatArray } from '../ops/tensor';
import { fail } from '../problem';
import { type InputColumn, inputColumns } from '../recipe/input-columns';
import type { OpenTable, Programs, Session } from '../runs/run-context';
import type { Predictor, TabularValue } from '../runs/values';
import type { Column } from '../types/ports';
import { type OutputField, widthOf } from '../types/signature';
import { batchesOf } from './batch-source';
import { predictionBatch } from './check-memory';
import { readingOrder } from './epoch-order';
import { type FeedColumn, isHeld } from './feed-columns';
import { hostFeeds } from './host-feeds';
import type { OutputsByName } from './outputs';
import { readFeeds } from './read-feeds';

interface PredictRequest {
  readonly open: OpenTable;
  /** Source rows, in the order in which their predictions come. */
  readonly rows: Int32Array;
  readonly programs: Programs;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

interface Asked {
  /** Rows at a time. */
  readonly size: number;
  readonly fields: readonly OutputField[];
  /** What the host makes of the program's outputs. */
  readonly after: Program | undefined;
}

/**
 * Predictions of a fitted model for rows of a table, by the names of its outputs.
 * @throws ProblemError `row-without-value` and `category-never-seen`, where the preparation has no rule for them
 */
export async function predictRows(predictor: Predictor, request: PredictRequest): Promise<OutputsByName> {
  const { program, vocabularies } = cutLookups(predictor.artefact.program);
  const raw = await readFeeds(request.open, program.inputs);
  checkRows(inputColumns(program, vocabularies, predictor.recipe), raw, request.rows);
  const cut = cutDoubles(program, lookupOp);
  const columns = hostFeeds(cut, raw);
  const compiled = compileInference(cut.program);
  const size = predictionBatch(compiled, columns.every(isHeld) ? 'held' : 'onDisk');
  const session = await request.programs.open(compiled);
  try {
    await session.run('init', predictor.artefact.weights);
    const fields = predictor.signature.outputs;
    return await predictAll(session, columns, { ...request, size, fields, after: cut.after });
  } finally {
    await session.close();
  }
}

async function predictAll(
  session: Session,
  columns: readonly FeedColumn[],
  { rows, signal, onProgress, fields, after, size }: PredictRequest & Asked,
): Promise<OutputsByName> {
  const batches = batchesOf(columns);
  const places = readingOrder(rows, batches.disk);
  const order = places?.map((at) => rows[at] ?? 0) ?? rows;
  const outputs = fields.map((field) => {
    const width = widthOf(field);
    return { name: field.name, width, data: floatsFor(field, rows.length * width) };
  });
  for (let from = 0; from < rows.length; from += size) {
    signal.throwIfAborted();
    const to = Math.min(rows.length, from + size);
    const given = await session.run('predict', await batches.read(order, from, to));
    const results = after ? { ...given, ...computeOnHost(after, given, lookupOp) } : given;
    for (const { name, width, data } of outputs) {
      const result = results[name]?.data;
      if (!isFloatArray(result) || result.length !== width * (to - from)) {
        throw new Error(`The predictor gave no numbers, or not as many as it says, for ${name}.`);
      }
      data.set(result, from * width);
    }
    onProgress?.(to);
  }
  return new Map(
    outputs.map(({ name, width, data }) => {
      const ordered = places ? inAskedOrder(data, { places, width }) : data;
      return [name, { rows: rows.length, width, data: ordered }];
    }),
  );
}

function floatsFor({ type }: OutputField, length: number): FloatArray {
  return type.dtype === 'float64' ? new Float64Array(length) : new Float32Array(length);
}

/** Predictions that came in the order in which rows were read, in the order in which they were asked for. */
function inAskedOrder(
  data: FloatArray,
  { places, width }: { readonly places: Int32Array; readonly width: number },
): FloatArray {
  const ordered = data instanceof Float64Array ? new Float64Array(data.length) : new Float32Array(data.length);
  places.forEach((place, i) => {
    ordered.set(data.subarray(i * width, (i + 1) * width), place * width);
  });
  return ordered;
}

/**
 * A table read the way the model was trained: its columns take the model's types and classes, so that a category
 * the model has never seen gets the code for "never seen".
 * @throws ProblemError `missing-column` or `column-type-differs`, naming the column
 */
export function asTrained(table: TabularValue, { recipe, signature }: Predictor): TabularValue {
  const given = new Map(table.source.columns.map((column) => [column.name, column]));
  const trained = new Map(recipe.columns.map((column) => [column.name, column]));
  const targets = new Set(signature.outputs.map(({ target }) => target));
  for (const [name, column] of trained) {
    if (column.role === 'feature') checkColumn(column, given.get(name), table);
  }
  const columns = table.source.columns.map((column) => {
    const known = trained.get(column.name);
    if (!known) return { ...column, role: 'ignore' as const };
    const { type, role, classes, range } = known;
    const { range: _, ...given } = column;
    return {
      ...given,
      // Whether its numbers are read as float64 is the model's to say.
      ...(range ? { range } : {}),
      type,
      role: targets.has(column.name) ? ('target' as const) : role,
      ...(classes ? { classes } : {}),
    };
  });
  return { ...table, source: { ...table.source, columns }, roles: {} };
}

function checkColumn(trained: Column, given: Column | undefined, { source }: TabularValue): void {
  const { name } = trained;
  if (!given) {
    fail('missing-column', { column: name, columns: source.columns.map((column) => column.name) });
  }
  const isText = ({ type }: Column) => type.kind === 'string';
  const isTensor = ({ type }: Column) => type.kind === 'tensor';
  if (isTensor(trained) !== isTensor(given) || (isText(given) && !isText(trained))) {
    fail('column-type-differs', { column: name, expected: trained.type.kind, given: given.type.kind });
  }
}

/** The preparation's policies that a graph cannot hold: it cannot refuse a row. */
function checkRows(policies: readonly InputColumn[], columns: readonly FeedColumn[], rows: Int32Array): void {
  for (const { name, vocabulary, only, mayMiss } of policies) {
    const column = columns.find((one) => one.name === name);
    if (!column || !isHeld(column) || column.values instanceof Uint8Array) continue;
    const { values } = column;
    const missing = vocabulary ? vocabulary.length + 1 : Number.NaN;
    const lacking = mayMiss ? undefined : rows.find((row) => Object.is(values[row], missing));
    if (lacking !== undefined) fail('row-without-value', { column: name, row: lacking + 1 }, { port: 'table' });
    const unknown = only && vocabulary ? rows.find((row) => values[row] === vocabulary.length) : undefined;
    if (unknown !== undefined) fail('category-never-seen', { column: name, row: unknown + 1 }, { port: 'table' });
  }
}
