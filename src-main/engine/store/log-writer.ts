import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { writeAll } from '../../files/atomic-write';
import { type FsFile, type FsPort, isDiskError, listIfThere, statIfThere } from '../../files/fs-port';
import { isProcessAlive } from '../../files/process-alive';

/** A segment takes no more lines once it is this long: eviction lets go of whole ones. */
const segmentBytes = 4 * 2 ** 20;

/** A line without its end. */
export interface LogLine {
  readonly line: string;
  /** Where it lies; nowhere while it is being written. */
  segment: string | undefined;
}

interface Waiting {
  readonly line: LogLine;
  readonly onLost: (error: unknown) => void;
}

/** The bytes that were appended to a segment. */
export interface Written {
  readonly segment: string;
  readonly from: number;
  readonly to: number;
}

interface Watcher {
  readonly onWritten: (written: Written) => void;
  /** Told when a segment that a dead process left is gone on with under a name of ours. */
  readonly onRenamed: (from: string, to: string) => void;
}

/**
 * Appends lines to a segment that belongs to this process. Lines that come while the disk is busy are written and
 * flushed together, so that a thousand of them cost one flush.
 */
export class LogWriter {
  private waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;
  /** The segment's name; its file is open only while lines wait. */
  private own: string | undefined;

  constructor(
    private readonly fs: FsPort,
    private readonly folder: string,
    private readonly watcher: Watcher,
  ) {}

  /** `onLost` is told where the line does not reach the disk. */
  add(line: LogLine, onLost: Waiting['onLost']): void {
    this.waiting.push({ line, onLost });
    this.writing ??= this.drain();
  }

  /** Waits until each line is on the disk or lost. */
  async flush(): Promise<void> {
    await this.writing;
  }

  /** Somebody removed segments: lines that follow need another one. */
  async forget(isGone: (name: string) => boolean): Promise<void> {
    await this.flush();
    if (this.own !== undefined && isGone(this.own)) this.own = undefined;
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      try {
        await this.withSegment(async (name, file) => {
          while (this.waiting.length > 0) await this.writeWaiting(name, file);
        });
      } catch (error) {
        this.lose(error);
      }
    }
    this.writing = undefined;
  }

  private async writeWaiting(name: string, file: FsFile): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    try {
      const from = await file.size();
      const lines = batch.map(({ line }) => line.line);
      // Another writer of this segment may have died within a line.
      const bytes = Buffer.from(`${from > 0 ? '\n' : ''}${lines.join('\n')}\n`);
      await writeAll(file, bytes);
      await file.sync();
      const to = await file.size();
      // Some file systems take bytes, report success and keep fewer.
      if (to - from !== bytes.length) {
        throw Object.assign(new Error(`${to - from} of ${bytes.length} bytes`), { code: 'ENOSPC' });
      }
      for (const { line } of batch) line.segment = name;
      this.watcher.onWritten({ segment: name, from, to });
    } catch (error) {
      this.waiting = [...batch, ...this.waiting];
      throw error;
    }
  }

  private lose(error: unknown): void {
    const lost = this.waiting;
    this.waiting = [];
    this.own = undefined;
    for (const { onLost } of lost) onLost(error);
  }

  private async withSegment(work: (name: string, file: FsFile) => Promise<void>): Promise<void> {
    const isNew = this.own === undefined;
    const name = this.own ?? newName();
    const file = isNew ? await this.begin(name) : await this.fs.open(join(this.folder, name), 'append');
    try {
      if (isNew) await this.fs.syncFolder(this.folder);
      this.own = name;
      await work(name, file);
      if ((await file.size()) > segmentBytes) this.own = undefined;
    } finally {
      await file.close().catch(() => undefined);
    }
  }

  private async begin(name: string): Promise<FsFile> {
    await this.fs.makeFolder(this.folder);
    const isTakenOver = await this.takeOver(name);
    return this.fs.open(join(this.folder, name), isTakenOver ? 'append' : 'create-new');
  }

  /** Goes on with what a dead process of this machine left, so that many short runs do not leave many files. */
  private async takeOver(own: string): Promise<boolean> {
    for (const name of await listIfThere(this.fs, this.folder)) {
      const [host, pid] = name.split('~');
      if (host !== hostname() || isProcessAlive(Number(pid))) continue;
      const found = await statIfThere(this.fs, join(this.folder, name));
      if (found && found.size < segmentBytes && (await this.rename(name, own))) return true;
    }
    return false;
  }

  /** False where another process was faster. */
  private async rename(from: string, to: string): Promise<boolean> {
    try {
      await this.fs.rename(join(this.folder, from), join(this.folder, to));
    } catch (error) {
      if (isDiskError(error, 'ENOENT')) return false;
      throw error;
    }
    this.watcher.onRenamed(from, to);
    return true;
  }
}

function newName(): string {
  return `${hostname()}~${process.pid}~${randomBytes(4).toString('hex')}.ndjson`;
}
