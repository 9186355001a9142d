import type { Entry, State, Step, StepProgram } from '../../ops/program';
import type { DType, TensorType } from '../../ops/tensor';

/** A feed whose rows are all known before training begins. */
export interface DataFeed {
  readonly name: string;
  readonly dtype: DType;
  /** Of all rows: `[rows, …]`. */
  readonly shape: readonly number[];
}

/** The feed that says which rows a call is about: int32 `[batch]`. */
export const rowsFeed = 'data/rows';

/** The entry that puts all rows of every data feed into the session, by the feeds' names. */
export const loadEntry = 'load';

/**
 * Keeps data in the session: each of these feeds becomes a state of kind `data` that is loaded once, and calls name
 * the numbers of their rows. Ids of steps stay, and no snapshot holds data. The values that a step computes with are
 * the same to the last bit.
 *
 * @returns undefined where a feed has another shape than its data, or there are none
 */
export function keepDataInside(program: StepProgram, data: readonly DataFeed[]): StepProgram | undefined {
  const byName = new Map(data.map((feed) => [feed.name, feed]));
  const known = (step: Step) => (step.op === 'feed' ? byName.get(String(step.attrs.name)) : undefined);
  const feeds = program.steps.flatMap((step) => (known(step) ? [step] : []));
  const batch = feeds.map((step) => batchOf(step, known(step)));
  const [symbol] = batch;
  if (symbol === undefined || batch.some((other) => other !== symbol)) return undefined;
  const rows: TensorType = { dtype: 'int32', shape: [symbol] };
  const used = feeds.flatMap((step) => known(step) ?? []);
  const steps = program.steps.map((step) => {
    const feed = known(step);
    return feed ? takeRows(step, feed) : step;
  });
  return {
    ...program,
    state: [...program.state, ...used.map(stateOf)],
    steps: [feedStep(rowsFeed, rowsFeed, rows), ...used.map(readStep), ...steps, ...used.flatMap(loadSteps)],
    entries: {
      ...Object.fromEntries(
        Object.entries(program.entries).map(([name, entry]) => [name, withRows(entry, { byName, rows })]),
      ),
      [loadEntry]: loading(used),
    },
  };
}

/** The symbol of a feed's first dimension, where the others are those of its data. */
function batchOf({ attrs }: Step, data: DataFeed | undefined): string | undefined {
  const [batch, ...row] = Array.isArray(attrs.shape) ? attrs.shape : [];
  const fits = row.length + 1 === data?.shape.length && row.every((size, i) => size === data.shape[i + 1]);
  return typeof batch === 'string' && fits && attrs.dtype === data.dtype ? batch : undefined;
}

const stateId = (name: string) => `data/${name}`;
const readId = (name: string) => `data/${name}/read`;
const feedId = (name: string) => `data/${name}/feed`;
const assignId = (name: string) => `data/${name}/assign`;

function stateOf({ name, dtype, shape }: DataFeed): State {
  return { id: stateId(name), type: { dtype, shape }, init: { type: 'zeros' }, kind: 'data', trainable: false };
}

function readStep({ name, dtype, shape }: DataFeed): Step {
  const attrs = { state: stateId(name), dtype, shape };
  return { id: readId(name), op: 'readState', inputs: {}, attrs, scope: '' };
}

/** A step in the place of a feed: every step that read the feed reads the rows. */
function takeRows({ id, scope }: Step, { name }: DataFeed): Step {
  const inputs = { x: { step: readId(name), output: 'y' }, indices: { step: rowsFeed, output: 'y' } };
  return { id, op: 'gather', inputs, attrs: { axis: 0 }, scope };
}

function feedStep(id: string, name: string, { dtype, shape }: TensorType): Step {
  return { id, op: 'feed', inputs: {}, attrs: { name, dtype, shape: [...shape] }, scope: '' };
}

function loadSteps(data: DataFeed): Step[] {
  const value = { step: feedId(data.name), output: 'y' };
  return [
    feedStep(feedId(data.name), stateId(data.name), data),
    { id: assignId(data.name), op: 'assign', inputs: { value }, attrs: { state: stateId(data.name) }, scope: '' },
  ];
}

function loading(data: readonly DataFeed[]): Entry {
  const feeds = data.map(({ name, dtype, shape }) => [stateId(name), { dtype, shape }] as const);
  return { feeds: Object.fromEntries(feeds), fetches: {}, targets: data.map(({ name }) => assignId(name)) };
}

function withRows(
  entry: Entry,
  { byName, rows }: { readonly byName: ReadonlyMap<string, DataFeed>; readonly rows: TensorType },
): Entry {
  const others = Object.entries(entry.feeds).filter(([name]) => !byName.has(name));
  if (others.length === Object.keys(entry.feeds).length) return entry;
  return { ...entry, feeds: { ...Object.fromEntries(others), [rowsFeed]: rows } };
}

/** The name under which the entry `load` takes a data feed. */
export function loadFeed(name: string): string {
  return stateId(name);
}
