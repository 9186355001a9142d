import { dirname } from 'node:path';
import { type Problem, ProblemError, problem } from '../../src-shared/problem';
import { isDiskError } from './fs-port';

/** Codes of the system → codes of ours; each has its sentence in `src-shared/problems/system.ts`. */
const problemCodes: Readonly<Record<string, string>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
  EROFS: 'read-only-folder',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
  ENOENT: 'file-not-found',
  EISDIR: 'is-a-folder',
  ENOTDIR: 'not-a-folder',
  EMFILE: 'too-many-open-files',
  ENFILE: 'too-many-open-files',
  EBUSY: 'file-busy',
  EIO: 'disk-failed',
  ENAMETOOLONG: 'path-too-long',
  ELOOP: 'link-loop',
};

/** What went wrong on a disk, as a problem that names the path and the way out. */
export function diskProblem(error: NodeJS.ErrnoException, path?: string): Problem {
  const at = path ?? error.path ?? '';
  const values = { path: at, folder: at === '' ? '' : dirname(at), code: error.code ?? '' };
  const code = problemCodes[error.code ?? ''] ?? 'disk-failed';
  return problem(code, values, code === 'disk-full' ? { fix: { code: 'free-space' } } : {});
}

/** Runs `work`; a disk's error leaves as a ProblemError that names `path`. */
export async function withDiskProblems<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDiskError(error)) throw new ProblemError(diskProblem(error, path));
    throw error;
  }
}
