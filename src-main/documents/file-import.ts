import { basename, extname, join } from 'node:path';
import { fail } from '../../src-shared/problem';
import { cutToBytes, writeFileAtomic } from '../files/atomic-write';
import { hashContent, hashFile } from '../files/content-hash';
import { withDiskProblems } from '../files/disk-problem';
import { type FsPort, statIfThere } from '../files/fs-port';
import { freePath } from './move-files';

const largestImport = 100 * 1_000_000;

/** Puts a file that a browser holds beside a document and returns its name there. Nothing is ever overwritten. */
export async function importFile(
  fs: FsPort,
  base: string,
  file: { readonly name: string; readonly base64: string },
): Promise<string> {
  const bytes = Buffer.from(file.base64, 'base64');
  if (bytes.length > largestImport)
    fail('import-too-large', { name: file.name, megabytes: Math.ceil(bytes.length / 1e6), limit: largestImport / 1e6 });
  const hash = hashContent(bytes);
  return withDiskProblems(join(base, safeName(file.name)), async () => {
    const path = await freePath(join(base, safeName(file.name)), async (place) => {
      const found = await statIfThere(fs, place);
      return !found || (found.kind === 'file' && found.size === bytes.length && (await hashFile(fs, place)) === hash);
    });
    if (!(await statIfThere(fs, path))) await writeFileAtomic(fs, path, bytes);
    return basename(path);
  });
}

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Leaves room for a number and for a temporary name. */
const longestName = 180;

/** A name that every system takes and that names a file in the folder itself: no ways, no devices, nothing hidden. */
export function safeName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const plain = last.replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '_').replace(/^[. ]+|[. ]+$/g, '');
  const named = plain === '' ? 'file' : reserved.test(plain) ? `_${plain}` : plain;
  const extension = cutToBytes(extname(named), 20);
  return cutToBytes(named.slice(0, named.length - extname(named).length), longestName - 20) + extension;
}
