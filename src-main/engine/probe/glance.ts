import { requireFile } from '../../files/require-file';
import type { ProbeOptions } from './probe-sources';

/** Files of this size are read whole in a few hundredths of a second. */
const smallBytes = 16_000_000;

/** A first look would have to read a large file through. */
export class TooLargeToGlance extends Error {
  constructor(path: string) {
    super(`${path} is too large to be read at a glance.`);
    this.name = 'TooLargeToGlance';
  }
}

/** What a source may reach at a first look: its files where they are small, and no hash that would have to be made. */
export function glanceContext(options: ProbeOptions): ProbeOptions {
  const { files, fs } = options;
  const refuse = (path: string): never => {
    throw new TooLargeToGlance(path);
  };
  return {
    ...options,
    files: {
      ...files,
      read: async (path) => {
        const { size } = await requireFile(fs, files.resolve(path));
        return size > smallBytes ? refuse(path) : files.read(path);
      },
      hash: async (path) => (await options.hashes.known(files.resolve(path))) ?? refuse(path),
    },
  };
}
