import { extname } from 'node:path';
import { type FsPort, statIfThere } from '../files/fs-port';
import { isInside, pathInside, type Served, servePageFile } from './page-file';

/** A file of the built page by its address, or undefined where there is none inside `folder`. */
export async function readStatic(fs: FsPort, folder: string, address: string): Promise<Served | undefined> {
  const path = pathInside(folder, address);
  if (path === undefined || (await statIfThere(fs, path))?.kind !== 'file') return undefined;
  const [root, real] = [await fs.realPath(folder), await fs.realPath(path)];
  return isInside(root, real) ? servePageFile(await fs.read(real), extname(real)) : undefined;
}
