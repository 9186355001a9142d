import { join } from 'node:path';
import type { RunEvent } from '../../../src-shared/runs/run-event';
import { type FsPort, isDiskError, listIfThere } from '../../files/fs-port';
import { isRunId } from './run-id';

/**
 * The events of a run. A line that was cut when its process died, or is no event, is left out; so are those that
 * `isWanted` says no to.
 */
export async function readJournal(
  fs: FsPort,
  folder: string,
  isWanted: (line: string) => boolean = () => true,
): Promise<RunEvent[]> {
  try {
    const text = Buffer.from(await fs.read(join(folder, 'events.ndjson'))).toString('utf8');
    const events: RunEvent[] = [];
    for (const line of text.split('\n')) {
      const event = isWanted(line) ? parseEvent(line) : undefined;
      if (event) events.push(event);
    }
    return events;
  } catch (error) {
    if (isDiskError(error, 'ENOENT')) return [];
    throw error;
  }
}

function parseEvent(line: string): RunEvent | undefined {
  if (!line.endsWith('}')) return undefined;
  try {
    const data: unknown = JSON.parse(line);
    const isEvent = typeof data === 'object' && data !== null && 'type' in data && 'seq' in data && 'run' in data;
    // Only JournalWriter writes these lines, from typed events; the envelope tells them from anything else.
    return isEvent ? (data as RunEvent) : undefined;
  } catch {
    return undefined;
  }
}

/** Ids of the runs in a store, newest first. */
export async function listRuns(fs: FsPort, runsFolder: string): Promise<string[]> {
  return (await listIfThere(fs, runsFolder)).filter(isRunId).reverse();
}
