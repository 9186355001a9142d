import { ProblemError } from '../../src-shared/problem';
import type { RunEvent } from '../../src-shared/runs/run-event';
import type { DocumentRequest, RunOutcome } from '../engine/messages';
import type { FsPort } from '../files/fs-port';
import { closeDeadRun } from './dead-run';
import { deathProblem, EngineDied, type EngineProcess } from './engine-process';

export type OnEvents = (events: readonly RunEvent[]) => void;

/** Grace between a polite stop and a forced one. */
const forceAfterMs = 5_000;

export interface EngineRunOptions {
  readonly onEvents: OnEvents;
  /** Its turn has come. */
  readonly onBegin: () => void;
  readonly fs: FsPort;
  /** Folder of the store, where the journal of a run is whose engine is gone. */
  readonly store: string;
}

/** One run that was asked for: it waits for its turn, runs in an engine, and outlives that engine's death. */
export class EngineRun {
  /** How it ended. Rejects with a ProblemError where its engine could not begin. */
  readonly outcome: Promise<RunOutcome>;
  private settle: (outcome: RunOutcome | Promise<RunOutcome>) => void = () => undefined;
  private engine: EngineProcess | undefined;
  private request = 0;
  private run: string | undefined;
  private seen = 0;
  private isCancelled = false;
  /** It has an outcome, of whatever kind. */
  isOver = false;
  private force: NodeJS.Timeout | undefined;

  constructor(
    private readonly ask: DocumentRequest,
    private readonly options: EngineRunOptions,
  ) {
    const outcome = new Promise<RunOutcome>((resolve) => {
      this.settle = resolve;
    });
    this.outcome = outcome.finally(() => {
      this.isOver = true;
    });
  }

  get enginePid(): number | undefined {
    return this.engine?.pid;
  }

  get isQueued(): boolean {
    return this.engine === undefined && !this.isCancelled;
  }

  /** Settles with the outcome, whatever that is. */
  get ended(): Promise<void> {
    return this.outcome.then(
      () => undefined,
      () => undefined,
    );
  }

  /** Runs in this engine: its turn has come. */
  begin(engine: EngineProcess): void {
    this.engine = engine;
    this.options.onBegin();
    const { id, answer } = engine.ask('run', this.ask, (events) => this.receive(events));
    this.request = id;
    this.settle(answer.catch((error: unknown) => this.afterDeath(error)).finally(() => clearTimeout(this.force)));
  }

  /** Stops at the next step boundary, by force after five seconds. A run that waits is over at once. */
  cancel(): void {
    // The engine may be at another run by now.
    if (this.isOver) return;
    this.isCancelled = true;
    if (!this.engine) {
      this.settle({ state: 'cancelled', run: '' });
      return;
    }
    this.engine.cancel(this.request);
    this.force ??= setTimeout(() => this.kill(), forceAfterMs);
  }

  /** Stops at once. */
  kill(): void {
    if (this.isOver) return;
    this.isCancelled = true;
    if (this.engine) this.engine.kill();
    else this.settle({ state: 'cancelled', run: '' });
  }

  private receive(events: readonly RunEvent[]): void {
    this.run = events[0]?.run ?? this.run;
    this.seen = events.at(-1)?.seq ?? this.seen;
    this.options.onEvents(events);
  }

  private async afterDeath(error: unknown): Promise<RunOutcome> {
    if (!(error instanceof EngineDied)) throw error;
    const { run, seen, isCancelled: cancelled } = this;
    if (run === undefined) {
      if (cancelled) return { state: 'cancelled', run: '' };
      throw new ProblemError(deathProblem(error.end, undefined));
    }
    const unseen = await closeDeadRun(this.options.fs, this.options.store, { run, seen, cancelled, end: error.end });
    this.options.onEvents(unseen);
    const finished = unseen.find((event) => event.type === 'run-finished');
    return { run, state: finished?.state ?? 'failed' };
  }
}
