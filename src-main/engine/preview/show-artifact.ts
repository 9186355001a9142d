import { join } from 'node:path';
import type { ArtifactPreview } from '../../../src-shared/preview';
import type { Artifact } from '../../../src-shared/runs/values';
import { type FsPort, listIfThere, statIfThere } from '../../files/fs-port';

/** Files that are listed at most. */
const maxFiles = 1000;

/** What lies where an export was written to, as it is now: names relative to the folder. */
export async function showArtifact(fs: FsPort, artifact: Artifact): Promise<ArtifactPreview> {
  const { path, bytes, parity, endpoint } = artifact;
  const files: { name: string; bytes: number }[] = [];
  await addFiles(fs, { root: path, name: '' }, files);
  return {
    kind: 'artifact',
    path,
    bytes,
    files,
    ...(parity ? { parity } : {}),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

async function addFiles(
  fs: FsPort,
  { root, name }: { readonly root: string; readonly name: string },
  files: { name: string; bytes: number }[],
): Promise<void> {
  const path = join(root, name);
  const found = await statIfThere(fs, path);
  if (found?.kind === 'file' && files.length < maxFiles) files.push({ name: name || root, bytes: found.size });
  if (found?.kind !== 'folder') return;
  for (const child of await listIfThere(fs, path)) {
    if (files.length >= maxFiles) return;
    await addFiles(fs, { root, name: name === '' ? child : `${name}/${child}` }, files);
  }
}
