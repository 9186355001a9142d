import { join } from 'node:path';
import type { FsPort } from '../../files/fs-port';
import { listRuns } from './read-journal';

/** Runs that are kept, for reasons, estimates and history. */
const kept = 100;

/** Removes the folders of the oldest runs. What they made stays in the store as long as there is room. */
export async function thinOutRuns(fs: FsPort, runsFolder: string): Promise<void> {
  for (const id of (await listRuns(fs, runsFolder)).slice(kept)) await fs.remove(join(runsFolder, id));
}
