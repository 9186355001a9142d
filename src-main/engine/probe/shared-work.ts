import { abortable } from '../abortable';

interface Job<T> {
  readonly result: Promise<T>;
  readonly abort: AbortController;
  askers: number;
}

/**
 * Work that several may ask for at once and that is done once: reading a large file through. It is stopped when
 * nobody waits for it any more; whoever has stopped waiting hears so at once.
 */
export class SharedWork<T> {
  private readonly jobs = new Map<string, Job<T>>();

  async ask(key: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const job = this.jobs.get(key) ?? this.begin(key, start);
    job.askers += 1;
    try {
      return await abortable(job.result, signal);
    } finally {
      job.askers -= 1;
      if (job.askers === 0) this.drop(key, job);
    }
  }

  private begin(key: string, start: (signal: AbortSignal) => Promise<T>): Job<T> {
    const abort = new AbortController();
    const job = { result: start(abort.signal), abort, askers: 0 };
    // Everybody may have left before it fails.
    job.result.catch(() => undefined);
    this.jobs.set(key, job);
    return job;
  }

  private drop(key: string, job: Job<T>): void {
    if (this.jobs.get(key) === job) this.jobs.delete(key);
    job.abort.abort();
  }
}
