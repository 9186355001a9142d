import { readJson } from '../../../src-shared/document/read-json';
import { hashContent } from '../../files/content-hash';
import { emptyQueue, foldQueue, isOver, type QueueEvent, type QueueState, queueEventSchema } from './queue-state';

/** A line is the hash of the rest, and the rest as JSON. */
const hashLength = hashContent('').length;

/** Entries that are over and still shown. */
const shownEnded = 50;

export interface QueueFile {
  readonly state: QueueState;
  readonly lines: number;
  /** The last line was cut while it was written; nobody was told that it is kept. */
  readonly isTorn: boolean;
  /** Whole lines that are not what was written. */
  readonly damaged: number;
}

export function encodeEvent(event: QueueEvent): string {
  const text = JSON.stringify(event);
  return `${hashContent(text)} ${text}\n`;
}

/** What the lines come to. One that is damaged is passed over and counted. */
export function readQueueFile(text: string): QueueFile {
  const lines = text.split('\n');
  const torn = lines.pop() ?? '';
  const events = lines.map(decodeEvent);
  return {
    state: events.reduce<QueueState>((state, event) => (event ? foldQueue(state, event) : state), emptyQueue),
    lines: lines.length,
    isTorn: torn !== '',
    damaged: events.filter((event) => event === undefined).length,
  };
}

function decodeEvent(line: string): QueueEvent | undefined {
  const text = line.slice(hashLength + 1);
  if (line.slice(0, hashLength) !== hashContent(text)) return undefined;
  const read = readJson(text);
  return 'data' in read ? queueEventSchema.safeParse(read.data).data : undefined;
}

/** The fewest lines that come to the same; of entries that are over the newest stay. */
export function compactLines({ entries, last }: QueueState): string {
  const over = entries.filter(isOver);
  const dropped = new Set(over.slice(0, Math.max(0, over.length - shownEnded)));
  const kept = entries.filter((entry) => !dropped.has(entry));
  const lines = [{ type: 'counted', last } as const, ...kept.map((entry) => ({ type: 'kept', entry }) as const)];
  return lines.map(encodeEvent).join('');
}
