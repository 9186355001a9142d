import { join } from 'node:path';
import type { RunEvent } from '../../../src-shared/runs/run-event';
import { isWhole, readCheckedText } from '../../files/checked-json';
import { type FsPort, isDiskError, listIfThere } from '../../files/fs-port';
import { isRunId } from './run-id';

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { readonly type: T }>;

/**
 * The events of a run, or those of some types. A line that was cut when its process died, that is no event, or that is
 * not what was written is left out.
 */
export async function readJournal<T extends RunEvent['type'] = RunEvent['type']>(
  fs: FsPort,
  folder: string,
  types?: readonly T[],
): Promise<EventOf<T>[]> {
  try {
    const text = Buffer.from(await fs.read(join(folder, 'events.ndjson'))).toString('utf8');
    return parseLines(text.split('\n'), types);
  } catch (error) {
    if (isDiskError(error, 'ENOENT')) return [];
    throw error;
  }
}

function parseLines<T extends RunEvent['type']>(lines: readonly string[], types: readonly T[] | undefined) {
  const events: EventOf<T>[] = [];
  // JSON escapes quotes inside texts: a line without this text has no event of the type, in whatever order its keys are.
  const marks = types?.map((type) => `"type":"${type}"`);
  // Journals of before have no checksums; in one that has, a line without is damaged.
  const isProven = lines.some((line) => isWhole(line));
  for (const line of lines) {
    const isAsked = !marks || marks.some((mark) => line.includes(mark));
    const event = isAsked && (!isProven || isWhole(line)) ? parseEvent(line) : undefined;
    if (event && isOneOf(event, types)) events.push(event);
  }
  return events;
}

function isOneOf<T extends RunEvent['type']>(event: RunEvent, types: readonly T[] | undefined): event is EventOf<T> {
  return types === undefined || types.some((type) => type === event.type);
}

function parseEvent(line: string): RunEvent | undefined {
  if (!line.endsWith('}')) return undefined;
  const data = readCheckedText(line);
  const isEvent = typeof data === 'object' && data !== null && 'type' in data && 'seq' in data && 'run' in data;
  // Only JournalWriter writes these lines, from typed events; the envelope tells them from anything else.
  return isEvent ? (data as RunEvent) : undefined;
}

/** Ids of the runs in a store, newest first. */
export async function listRuns(fs: FsPort, runsFolder: string): Promise<string[]> {
  return (await listIfThere(fs, runsFolder)).filter(isRunId).reverse();
}
