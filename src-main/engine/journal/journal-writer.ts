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

interface JournalOptions {
  readonly run: string;
  readonly onFailure: (error: unknown) => void;
  /** Told of each event as it is appended, with its line. */
  readonly onEvent?: (event: RunEvent, line: string) => void;
}

/**
 * A run's log, one JSON object a line, appended in order. `append` numbers and dates the event at once; bytes follow
 * in the background, those of many events together. A disk that fails is told to `onFailure` once and the run goes
 * on: its results matter more.
 */
export class JournalWriter {
  private seq = 0;
  /** Lines to be written, and whether one of them must not be forgotten. */
  private waiting: string[] = [];
  private isChanged = false;
  private writing: Promise<void> | undefined;
  private failed = false;
  private readonly clock = new EventClock();

  private constructor(
    private readonly file: FsFile,
    private readonly options: JournalOptions,
  ) {}

  static async create(fs: FsPort, folder: string, options: JournalOptions): Promise<JournalWriter> {
    const file = await fs.open(join(folder, 'events.ndjson'), 'create-new');
    await fs.syncFolder(folder);
    return new JournalWriter(file, options);
  }

  append(body: RunEventBody): void {
    this.seq += 1;
    // Whoever appends has no more use for the body: it becomes the event, without a copy.
    const event = body as Writable<RunEvent>;
    event.run = this.options.run;
    event.seq = this.seq;
    event.at = this.clock.now();
    const line = JSON.stringify(event);
    this.waiting.push(line);
    this.isChanged ||= stateChanges.has(event.type);
    this.writing ??= this.drain();
    this.options.onEvent?.(event, line);
  }

  /** Waits until all that was appended is written. */
  async flush(): Promise<void> {
    await this.writing;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.file.close().catch(() => undefined);
  }

  /** Events that come while the disk is busy are written, and flushed, together. */
  private async drain(): Promise<void> {
    // What is appended in the same turn goes with the first.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const lines = this.waiting;
      const { isChanged } = this;
      this.waiting = [];
      this.isChanged = false;
      await this.write(`${lines.join('\n')}\n`, isChanged);
    }
    this.writing = undefined;
  }

  private async write(text: string, isChanged: boolean): Promise<void> {
    if (this.failed) return;
    try {
      await writeAll(this.file, Buffer.from(text));
      if (isChanged) await this.file.sync();
    } catch (error) {
      this.failed = true;
      this.options.onFailure(error);
    }
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Dates as texts, made anew each millisecond at most. */
class EventClock {
  private at = Number.NaN;
  private text = '';

  now(): string {
    const now = Date.now();
    if (now !== this.at) {
      this.at = now;
      this.text = new Date(now).toISOString();
    }
    return this.text;
  }
}
