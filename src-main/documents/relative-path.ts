import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { FsPort } from '../files/fs-port';

/** Levels that a relative path may go up: beyond, the two places have nothing to do with each other. */
const highestClimb = 3;

/**
 * A file as a document in `base` should name it: relative where both would move together, with `/` on every system,
 * so that a folder of pipeline and data can be handed on; else absolute.
 */
export function pathFrom(base: string, path: string): string {
  const way = relative(base, path);
  if (way === '' || isAbsolute(way)) return path;
  const parts = way.split(sep);
  const climb = parts.filter((part) => part === '..').length;
  const levels = base.split(sep).filter((part) => part !== '').length;
  // A way over the top of the disk, or the folder of all users, ties nothing together.
  return climb > highestClimb || (climb > 0 && levels - climb < 2) ? path : parts.join('/');
}

/** Whether a real path lies in a real folder, or is it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** A path whose folder is followed through links; the last name stays, be it that of a link or of nothing yet. */
export async function realPlace(fs: FsPort, path: string): Promise<string> {
  return join(await fs.realPath(dirname(path)), basename(path));
}

/** As `pathFrom`, of a path that may lead through links. */
export async function pathFromReal(fs: FsPort, base: string, path: string): Promise<string> {
  return pathFrom(base, await realPlace(fs, path).catch(() => path));
}
