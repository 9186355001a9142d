import { isStatic } from '../ops/dims';
import type { TensorType } from '../ops/tensor';
import { fail } from '../problem';
import type { OpenTable } from '../runs/run-context';
import { mostBytesInside } from './batch-source';
import type { FeedColumn } from './feed-columns';

/**
 * The raw columns that a program asks for, by the names of its inputs, for every row of a table.
 * @throws ProblemError `missing-column` naming the column the table lacks
 */
export async function readFeeds(open: OpenTable, inputs: Readonly<Record<string, TensorType>>): Promise<FeedColumn[]> {
  const known = new Set(open.columns.map((column) => column.name));
  const asked = Object.entries(inputs).map(([name, { dtype, shape }]) => {
    if (!known.has(name)) fail('missing-column', { column: name, columns: [...known] });
    const rowShape = shape.slice(1);
    if (!isStatic(rowShape)) throw new Error(`The input ${name} has no fixed size per row.`);
    return { name, dtype, rowShape };
  });
  const isTensor = new Set(open.columns.flatMap(({ name, type }) => (type.kind === 'tensor' ? [name] : [])));
  const [tensors, scalars] = [true, false].map((is) => asked.filter(({ name }) => isTensor.has(name) === is));
  const read = [...(await readScalars(open, scalars ?? [])), ...(await readTensors(open, tensors ?? []))];
  const byName = new Map(read.map((column) => [column.name, column]));
  return asked.flatMap(({ name }) => byName.get(name) ?? []);
}

type Asked = Omit<FeedColumn, 'values' | 'block'>;

async function readScalars(open: OpenTable, asked: readonly Asked[]): Promise<FeedColumn[]> {
  const columns = await open.readAll(asked.map(({ name }) => name));
  return asked.map((input, i) => {
    const values = columns[i];
    if (!values) throw new Error(`The table gave nothing for ${input.name}.`);
    return { ...input, values };
  });
}

/** Held as long as all of them together are small; the same for everybody, since it says in which order rows come. */
async function readTensors(open: OpenTable, asked: readonly Asked[]): Promise<FeedColumn[]> {
  const blocks = await Promise.all(asked.map(async (input) => ({ ...input, block: await open.block(input.name) })));
  const bytes = blocks.reduce((sum, { block }) => sum + block.byteLength, 0);
  if (bytes > mostBytesInside) return blocks;
  return Promise.all(blocks.map(async ({ block, ...input }) => ({ ...input, values: await block.all() })));
}

/** Source rows that belong to one split, in order. */
export function rowsOf(assignment: Uint8Array, code: number): Int32Array {
  let count = 0;
  // By index: a table may have millions of rows, and an iterator costs several times as much.
  for (let row = 0; row < assignment.length; row++) if (assignment[row] === code) count++;
  const rows = new Int32Array(count);
  let next = 0;
  for (let row = 0; row < assignment.length; row++) if (assignment[row] === code) rows[next++] = row;
  return rows;
}
