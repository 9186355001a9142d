import { join } from 'node:path';
import { type FsPort, statIfThere } from '../files/fs-port';

/** What a host writes down for those who look for a fault; never seen by a window. */
export interface HostLog {
  write(text: string): void;
  /** Settles when all that was written is on the disk, or could not be. */
  flush(): Promise<void>;
}

/** Bytes from which on a new file is begun; the one before is kept. */
const largestLog = 2 ** 20;

/** Appends to `host.log` in the data folder, one after the other. A disk that fails loses lines, nothing else. */
export function openHostLog(fs: FsPort, folder: string): HostLog {
  const path = join(folder, 'host.log');
  let last: Promise<void> = Promise.resolve();
  const append = async (line: string) => {
    await fs.makeFolder(folder);
    const size = (await statIfThere(fs, path))?.size ?? 0;
    if (size > largestLog) await fs.rename(path, `${path}.old`);
    const file = await fs.open(path, 'append');
    try {
      await file.write(new TextEncoder().encode(line));
    } finally {
      await file.close();
    }
  };
  return {
    write(text) {
      const line = `${new Date().toISOString()} ${text}\n`;
      last = last.then(() => append(line)).catch(() => undefined);
    },
    flush: () => last,
  };
}

/** An error with all that is known of it. */
export function faultText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}
