import { join } from 'node:path';
import type { RunEvent, RunEventBody } from '../../../src-shared/runs/run-event';
import { writeAll } from '../../files/atomic-write';
import type { FsFile, FsPort } from '../../files/fs-port';

/** Events after which the log is flushed to the disk: what a run must not forget. */
const stateChanges: ReadonlySet<RunEventBody['type']> = new Set([
  'run-started',
  'step-started',
  'step-finished',
  'checkpoint-saved',
  'training-resumed',
  'report',
  'problem',
  'run-finished',
]);

/**
 * A run's log, one JSON object a line, appended in order. `append` numbers and dates the event at once; bytes follow
 * in the background. A disk that fails is told to `onFailure` once and the run goes on: its results matter more.
 */
export class JournalWriter {
  private seq = 0;
  private tail: Promise<void> = Promise.resolve();
  private failed = false;

  private constructor(
    private readonly file: FsFile,
    private readonly run: string,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  static async create(
    fs: FsPort,
    folder: string,
    { run, onFailure }: { readonly run: string; readonly onFailure: (error: unknown) => void },
  ): Promise<JournalWriter> {
    const file = await fs.open(join(folder, 'events.ndjson'), 'create-new');
    await fs.syncFolder(folder);
    return new JournalWriter(file, run, onFailure);
  }

  append(body: RunEventBody): RunEvent {
    this.seq += 1;
    const event: RunEvent = { ...body, run: this.run, seq: this.seq, at: new Date().toISOString() };
    this.tail = this.tail.then(() => this.write(event));
    return event;
  }

  /** Waits until all that was appended is written. */
  async flush(): Promise<void> {
    await this.tail;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.file.close().catch(() => undefined);
  }

  private async write(event: RunEvent): Promise<void> {
    if (this.failed) return;
    try {
      await writeAll(this.file, Buffer.from(`${JSON.stringify(event)}\n`));
      if (stateChanges.has(event.type)) await this.file.sync();
    } catch (error) {
      this.failed = true;
      this.onFailure(error);
    }
  }
}
