import { dirname, join } from 'node:path';
import { sweepTemporaryFiles } from '../files/atomic-write';
import { listIfThere, statIfThere } from '../files/fs-port';
import { draftsFolder } from './begin-document';
import type { DocumentParts } from './document-parts';
import { isDocumentId } from './journal/journal-base';

const keptMs = 30 * 24 * 3_600_000;

/** Whether a folder is that of a document without a file. */
export function isDraft(parts: Pick<DocumentParts, 'paths'>, folder: string): boolean {
  return dirname(folder) === draftsFolder(parts);
}

/** Removes folders of drafts that nobody went on with for a month and no journal needs, and what killed saves left. */
export async function sweepDrafts(parts: DocumentParts): Promise<void> {
  const { fs, now, paths, recoveries } = parts;
  const folder = draftsFolder(parts);
  const inUse = await recoveries.draftsInUse();
  for (const id of (await listIfThere(fs, folder)).filter(isDocumentId)) {
    if (inUse.has(id) || parts.open.all().some(({ place }) => place.base === join(folder, id))) continue;
    const stat = await statIfThere(fs, join(folder, id));
    if (stat && now() - stat.mtimeMs > keptMs) await fs.remove(join(folder, id));
  }
  for (const each of [paths.data, join(paths.data, 'locks')]) await sweepTemporaryFiles(fs, each, now());
}
