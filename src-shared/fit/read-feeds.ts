import { isStatic } from '../ops/dims';
import type { TensorType } from '../ops/tensor';
import { fail } from '../problem';
import type { OpenTable } from '../runs/run-context';
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
  const scalars = asked.filter(({ name }) => !isTensor.has(name));
  const numbers = await open.readAll(scalars.map(({ name }) => name));
  const values = new Map(scalars.map(({ name }, i) => [name, numbers[i]]));
  return Promise.all(
    asked.map(async (input) => {
      const read = isTensor.has(input.name) ? await (await open.block(input.name)).all() : values.get(input.name);
      if (!read) throw new Error(`The table gave nothing for ${input.name}.`);
      return { ...input, values: read };
    }),
  );
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
