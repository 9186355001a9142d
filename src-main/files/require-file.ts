import { fail } from '../../src-shared/problem';
import { withDiskProblems } from './disk-problem';
import type { FsPort, FsStat } from './fs-port';

/**
 * What is known of a file that is about to be read. Pipes and devices are refused: reading one may never end.
 * @throws ProblemError `file-not-found`, `is-a-folder`, `not-a-file`, `path-invalid`, …
 */
export async function requireFile(fs: FsPort, path: string): Promise<FsStat> {
  if (path === '' || path.includes('\0')) fail('path-invalid', { path: path.replaceAll('\0', '␀') });
  const stat = await withDiskProblems(path, () => fs.stat(path));
  if (stat.kind === 'folder') fail('is-a-folder', { path });
  if (stat.kind === 'other') fail('not-a-file', { path });
  return stat;
}
