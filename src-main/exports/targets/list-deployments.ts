import { join } from 'node:path';
import type { DeploymentSummary } from '../../../src-shared/deploy';
import { type Hash, hashData } from '../../../src-shared/hash';
import { type FsPort, listIfThere } from '../../files/fs-port';
import { deployNoteVersion, readDeployNote } from './deploy-note';

/** A deployment of the list, with what names it. */
export interface ListedDeployment {
  readonly hash: Hash;
  readonly summary: DeploymentSummary;
}

/** Deployments that were made with a store and not deleted, newest first; one where a newer took another's place. */
export async function listDeployments(fs: FsPort, folder: string): Promise<ListedDeployment[]> {
  const names = (await listIfThere(fs, folder)).filter((name) => name.endsWith('.json'));
  const found = await Promise.all(names.map((name) => readListed(fs, join(folder, name))));
  const sorted = found.flatMap((one) => one ?? []).sort(newestFirst);
  const places = new Set<string>();
  return sorted.filter(({ hash, summary: { target, config, location } }) => {
    const place = hashData({ target, config, at: location ?? hash });
    if (places.has(place)) return false;
    places.add(place);
    return true;
  });
}

function newestFirst({ summary: a }: ListedDeployment, { summary: b }: ListedDeployment): number {
  // ISO times sort as texts.
  return a.updatedAt === b.updatedAt ? 0 : a.updatedAt > b.updatedAt ? -1 : 1;
}

async function readListed(fs: FsPort, path: string): Promise<ListedDeployment | undefined> {
  const note = readDeployNote(await fs.read(path));
  if (note?.version !== deployNoteVersion) return undefined;
  const { target, bundle: hash, folder: bundle, name, config, state, updatedAt } = note;
  return { hash, summary: { target, bundle, name, config, state, updatedAt, ...note.place } };
}
