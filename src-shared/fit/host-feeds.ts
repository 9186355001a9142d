import { computeOnHost } from '../compile/compute-on-host';
import type { DoubleCut } from '../compile/passes/cut-doubles';
import { lookupOp } from '../ops/catalog';
import { isStatic } from '../ops/dims';
import type { TensorData } from '../ops/tensor';
import { type FeedColumn, type FeedNumbers, type HeldColumn, isHeld } from './feed-columns';

/** The inputs of a program without float64, for every row: raw columns, and what the host computes of those. */
export function hostFeeds({ program, before }: DoubleCut, raw: readonly FeedColumn[]): FeedColumn[] {
  if (!before) return [...raw];
  const given = new Map(raw.map((column) => [column.name, column]));
  const asked = raw.filter(isHeld).filter(({ name }) => name in before.inputs);
  const computed = computeOnHost(
    before,
    Object.fromEntries(asked.map((column) => [column.name, whole(column)])),
    lookupOp,
  );
  return Object.entries(program.inputs).map(([name, { dtype, shape }]) => {
    const rowShape = shape.slice(1);
    if (!isStatic(rowShape)) throw new Error(`The input ${name} has no fixed size per row.`);
    const column = computed[name] ?? given.get(name);
    if (!column) throw new Error(`Nothing was read for the input ${name}.`);
    // Parts that a host computes hold numbers.
    return 'data' in column ? { name, dtype, rowShape, values: column.data as FeedNumbers } : column;
  });
}

function whole({ dtype, rowShape, values }: HeldColumn): TensorData {
  const size = rowShape.reduce((product, each) => product * each, 1);
  return { dtype, shape: [values.length / Math.max(1, size), ...rowShape], data: values };
}
