import { join } from 'node:path';
import type { YardDocument } from '../../../src-shared/document/document';
import { loadDocument } from '../../../src-shared/document/load';
import type { NodeLookup } from '../../../src-shared/nodes/catalog';
import { fail } from '../../../src-shared/problem';
import { type FsPort, statIfThere } from '../../files/fs-port';
import { isRunId } from './run-id';

/**
 * The folder of a run that a person names.
 * @throws ProblemError `run-not-found`, also for what is no run's name
 */
export async function findRunFolder(fs: FsPort, runsFolder: string, run: string): Promise<string> {
  const folder = join(runsFolder, run);
  const isThere = isRunId(run) && (await statIfThere(fs, folder))?.kind === 'folder';
  return isThere ? folder : fail('run-not-found', { run });
}

/** The document as it ran, brought to this version's nodes. */
export async function readRunDocument(
  fs: FsPort,
  runsFolder: string,
  { run, lookup }: { readonly run: string; readonly lookup: NodeLookup },
): Promise<YardDocument> {
  const path = join(await findRunFolder(fs, runsFolder, run), 'document.yard');
  if (!(await statIfThere(fs, path))) return fail('run-not-found', { run });
  const text = Buffer.from(await fs.read(path)).toString('utf8');
  return loadDocument(text, { lookup }).document ?? fail('run-not-found', { run });
}
