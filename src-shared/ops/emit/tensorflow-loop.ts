import { mapValues } from '../../map-values';
import type { TensorflowBuilder, TensorflowTensor } from '../tensorflow-builder';
import type { Cell, StepArithmetic } from './cell-arithmetic';
import { firstOf, indexVector, typeOf } from './tensorflow-node';

type T = TensorflowTensor;

/** A cell as a loop of the graph, whose size does not depend on the number of steps. */
export function loop<S extends string, C extends string, W extends string, O extends string>(
  b: TensorflowBuilder,
  { time, reverse = false, sequences, state, weights, outputs, step }: Cell<T, S, C, W, O>,
  arithmetic: (b: TensorflowBuilder) => StepArithmetic<T>,
): Readonly<Record<O, T>> {
  const given: Readonly<Record<S | C | W, T>> = { ...sequences, ...weights, ...state };
  const names = Object.keys(given) as (S | C | W)[];
  const start = names.map((name) => given[name]);
  const lists = outputs.map(() => reserve(b, time, firstOf(start)));
  const ends = b.loop(time, [...start, ...lists], (inner, count, values) => {
    const place = reverse ? inner.node('Sub', [inner.constant([time - 1], 'int32', []), count], typeOf(count)) : count;
    // As many as there are names.
    const at = Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<S | C | W, T>;
    const parts = mapValues(sequences, (_, name) => part(inner, at[name], place));
    const made = step(arithmetic(inner), { ...at, ...parts });
    const next = { ...at, ...made.state };
    const filled = outputs.map((name, i) => put(inner, values[names.length + i], { item: made.outputs[name], place }));
    return [...names.map((name) => next[name]), ...filled];
  });
  const done = outputs.map((name, i) => [name, stack(b, ends[names.length + i], time)]);
  // An end for every output.
  return Object.fromEntries(done) as Record<O, T>;
}

/** The matrix of a sequence at a place. */
function part(b: TensorflowBuilder, sequence: T, place: T): T {
  const int32 = { type: 'int32' } as const;
  const attrs = { Tparams: { type: sequence.dtype }, Tindices: int32, Taxis: int32, batch_dims: { int: 0 } } as const;
  return b.node('GatherV2', [sequence, place, b.constant([0], 'int32', [])], { attrs });
}

/** An empty list for one matrix a step, whose sizes are known once they are there. */
function reserve(b: TensorflowBuilder, time: number, { dtype }: T): T {
  const attrs = { element_dtype: { type: dtype }, shape_type: { type: 'int32' } } as const;
  const list = b.node('TensorListReserve', [anySize(b), b.constant([time], 'int32', [])], { attrs, dtype });
  return { ...list, isList: true };
}

function put(b: TensorflowBuilder, list: T | undefined, { item, place }: { readonly item: T; readonly place: T }): T {
  if (!list) throw new Error('A list is missing.');
  const attrs = { element_dtype: { type: list.dtype }, resize_if_index_out_of_bounds: { bool: false } } as const;
  return { ...b.node('TensorListSetItem', [list, place, item], { attrs }), isList: true };
}

function stack(b: TensorflowBuilder, list: T | undefined, time: number): T {
  if (!list) throw new Error('A list is missing.');
  const attrs = { element_dtype: { type: list.dtype }, num_elements: { int: time } } as const;
  return b.node('TensorListStack', [list, anySize(b)], { attrs });
}

function anySize(b: TensorflowBuilder): T {
  return indexVector(b, [-1, -1]);
}
