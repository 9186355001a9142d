import { z } from 'zod';
import { isProblem, type Problem } from '../../../src-shared/problem';
import { ownerSchema } from '../../files/process-owner';

const ended = z.enum(['done', 'failed', 'cancelled']);

/** What is to run. The document is named by its content: it is the one that was there when it was enqueued. */
const ask = z.object({
  name: z.string(),
  base: z.string(),
  document: z.templateLiteral(['sha256:', z.string().regex(/^[0-9a-f]{64}$/)]),
  to: z.string().optional(),
  noCache: z.boolean().optional(),
  partial: z.boolean().optional(),
});

const id = z.string().regex(/^[1-9][0-9]{0,14}$/);
const problems = z.array(z.custom<Problem>(isProblem));

const entrySchema = ask.extend({
  id,
  /** When it was enqueued. */
  at: z.string(),
  state: z.enum(['waiting', 'running', ...ended.options]),
  /** The process that runs it. */
  owner: ownerSchema.optional(),
  /** How often it was begun: one whose process died is begun again. */
  starts: z.int(),
  /** Whoever runs it is to stop. */
  isStopping: z.boolean().optional(),
  /** Its journal in the store. */
  run: z.string().optional(),
  problems: problems.optional(),
});
export type QueueEntry = z.infer<typeof entrySchema>;

/** A line of the queue's file. */
export const queueEventSchema = z.discriminatedUnion('type', [
  ask.extend({ type: z.literal('enqueued'), id, at: z.string() }),
  z.object({ type: z.literal('started'), id, at: z.string(), owner: ownerSchema }),
  /** Its process died or left; it waits again, in its place. */
  z.object({ type: z.literal('released'), id, at: z.string() }),
  z.object({ type: z.literal('stopping'), id, at: z.string() }),
  z.object({
    ...{ type: z.literal('ended'), id, at: z.string(), state: ended },
    run: z.string().optional(),
    problems: problems.optional(),
  }),
  /** `place` among those that wait, the first is 0. */
  z.object({ type: z.literal('moved'), id, at: z.string(), place: z.int().min(0) }),
  /** What earlier lines came to, where the file was written anew. */
  z.object({ type: z.literal('kept'), entry: entrySchema }),
  z.object({ type: z.literal('counted'), last: z.int().min(0) }),
]);
export type QueueEvent = z.infer<typeof queueEventSchema>;

export interface QueueState {
  /** In the order in which they run. */
  readonly entries: readonly QueueEntry[];
  /** The highest number that was given. */
  readonly last: number;
}

export const emptyQueue: QueueState = { entries: [], last: 0 };

/** The queue after one more line. What speaks of an entry that is not there, or is over, changes nothing. */
export function foldQueue(state: QueueState, event: QueueEvent): QueueState {
  switch (event.type) {
    case 'enqueued': {
      const { type: _, ...entry } = event;
      return add(state, { ...entry, state: 'waiting', starts: 0 });
    }
    case 'kept':
      return add(state, event.entry);
    case 'counted':
      return { ...state, last: Math.max(state.last, event.last) };
    case 'moved':
      return { ...state, entries: moved(state.entries, event) };
    default:
      return {
        ...state,
        entries: state.entries.map((entry) => (entry.id === event.id ? changed(entry, event) : entry)),
      };
  }
}

type EntryEvent = Extract<QueueEvent, { readonly type: 'started' | 'released' | 'stopping' | 'ended' }>;

function changed(entry: QueueEntry, event: EntryEvent): QueueEntry {
  if (isOver(entry)) return entry;
  const { owner: _, isStopping: __, ...rest } = entry;
  if (event.type === 'started') return { ...rest, state: 'running', owner: event.owner, starts: entry.starts + 1 };
  if (event.type === 'released') return { ...rest, state: 'waiting' };
  if (event.type === 'stopping') return { ...entry, isStopping: true };
  const { run, problems: found } = event;
  return { ...rest, state: event.state, ...(run ? { run } : {}), ...(found?.length ? { problems: found } : {}) };
}

export function isOver({ state }: QueueEntry): boolean {
  return state !== 'waiting' && state !== 'running';
}

function add({ entries, last }: QueueState, entry: QueueEntry): QueueState {
  if (entries.some((each) => each.id === entry.id)) return { entries, last };
  return { entries: [...entries, entry], last: Math.max(last, Number(entry.id)) };
}

function moved(entries: readonly QueueEntry[], { id: wanted, place }: { id: string; place: number }): QueueEntry[] {
  const entry = entries.find((each) => each.id === wanted && each.state === 'waiting');
  if (!entry) return [...entries];
  const others = entries.filter((each) => each !== entry);
  const next = others.filter(({ state }) => state === 'waiting')[place];
  const at = next ? others.indexOf(next) : others.length;
  return others.toSpliced(at, 0, entry);
}
