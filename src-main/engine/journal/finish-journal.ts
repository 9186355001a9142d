import { join } from 'node:path';
import type { RunEvent, RunEventBody } from '../../../src-shared/runs/run-event';
import { writeAll } from '../../files/atomic-write';
import type { FsPort } from '../../files/fs-port';
import { readJournal } from './read-journal';

/**
 * Writes the last events of a run whose engine is gone, after whatever line it was cut in. Returns all events of
 * the run, those that never reached anyone included.
 */
export async function finishJournal(
  fs: FsPort,
  folder: string,
  { run, bodies }: { readonly run: string; readonly bodies: (events: readonly RunEvent[]) => readonly RunEventBody[] },
): Promise<RunEvent[]> {
  const before = await readJournal(fs, folder);
  const last = before.at(-1)?.seq ?? 0;
  const added = bodies(before).map(
    (body, index): RunEvent => ({ ...body, run, seq: last + index + 1, at: new Date().toISOString() }),
  );
  const file = await fs.open(join(folder, 'events.ndjson'), 'append');
  try {
    await writeAll(file, Buffer.from(`\n${added.map((event) => JSON.stringify(event)).join('\n')}\n`));
    await file.sync();
  } finally {
    await file.close();
  }
  return [...before, ...added];
}
