import type { YardDocument } from '../../src-shared/document/document';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { RunSummary } from '../../src-shared/preview';
import { type Problem, ProblemError, problem } from '../../src-shared/problem';
import { mergeEvents } from '../../src-shared/runs/merge-events';
import type { RunEvent } from '../../src-shared/runs/run-event';
import { abortable } from '../engine/abortable';
import { readRunDocument } from '../engine/journal/run-document';
import type { DocumentRequest, EngineRole, RequestName, Requests, RunOutcome } from '../engine/messages';
import { storeFolders } from '../engine/store/store-folder';
import type { FsPort } from '../files/fs-port';
import type { Host } from '../host';
import { deathProblem, EngineDied, EngineProcess } from './engine-process';
import { EngineRun, type OnEvents } from './engine-run';
import { KnownRunner } from './known-runner';
import { readRunEvents, readRunHistory } from './run-history';

export interface RunHandle {
  /** Process id of the engine that runs it; undefined while it waits. */
  readonly enginePid: number | undefined;
  /** Another run is under way; this one begins when it is its turn. */
  readonly isQueued: boolean;
  /** How it ended. Rejects with a ProblemError where its engine could not begin. */
  readonly outcome: Promise<RunOutcome>;
  /** Stops at the next step boundary, by force after five seconds. A run that waits is over at once. */
  cancel(): void;
  /** Stops at once. */
  kill(): void;
}

export interface StartOptions {
  /** Its turn has come: at once, or after those before it. */
  readonly onBegin?: () => void;
  /** For a reader that counts events; else progress within a batch comes as one event a node. */
  readonly everyEvent?: boolean;
}

/**
 * Runs documents in engine processes, one for looking and one for running, started when they are first needed. Runs
 * stand in line; looking never waits for them. A run engine that died is replaced at the next run; the host itself
 * is never harmed by one.
 */
export class RunService {
  private readonly engines = new Map<EngineRole, EngineProcess>();
  private readonly known: KnownRunner;
  /** The run under way, then those that wait. */
  private runs: EngineRun[] = [];

  constructor(
    private readonly host: Host,
    private readonly fs: FsPort,
  ) {
    this.known = new KnownRunner(fs, host);
  }

  /** Types and problems, without running anything. */
  check(ask: DocumentRequest, signal?: AbortSignal): Promise<Requests['check']['answer']> {
    return this.ask('look', { type: 'check', ask, signal });
  }

  /** Facts of the data; `quick` answers at once from memory or from the start of files. */
  probe(ask: Requests['probe']['ask'], signal?: AbortSignal): Promise<Requests['probe']['answer']> {
    return this.ask('look', { type: 'probe', ask, signal });
  }

  /** What can be seen at an output. */
  preview(ask: Requests['preview']['ask'], signal?: AbortSignal): Promise<Requests['preview']['answer']> {
    return this.ask('look', { type: 'preview', ask, signal });
  }

  /** The rows behind a report. */
  examples(ask: Requests['examples']['ask'], signal?: AbortSignal): Promise<Requests['examples']['answer']> {
    return this.ask('look', { type: 'examples', ask, signal });
  }

  /**
   * What would run, and why. The engine that looks plans, for the runner that the other one tells of, so that a plan
   * waits for no run.
   */
  async plan(ask: DocumentRequest, signal?: AbortSignal): Promise<Requests['plan']['answer']> {
    if (signal?.aborted) throw cancelled();
    this.engine('look');
    const { runner, problems: doubts } = await abortable(this.runner(), signal, () => undefined).catch(
      unlessAborted(signal),
    );
    const { problems, steps } = await this.ask('look', { type: 'plan', ask: { ...ask, runner }, signal });
    return { problems: [...problems, ...doubts], steps };
  }

  /** Runs of a document, newest first. */
  history({ base, name }: Pick<DocumentRequest, 'base' | 'name'>): Promise<RunSummary[]> {
    return readRunHistory(this.fs, storeFolders(this.host.store).runs, { base, name });
  }

  /** The events of a past run, thinned out where there are very many. */
  runEvents(run: string): Promise<RunEvent[]> {
    return readRunEvents(this.fs, storeFolders(this.host.store).runs, run);
  }

  /** The document as it ran. */
  runDocument(run: string): Promise<YardDocument> {
    return readRunDocument(this.fs, storeFolders(this.host.store).runs, { run, lookup: lookupNode });
  }

  /** Runs the document, after the runs before it. */
  start(ask: DocumentRequest, onEvents: OnEvents, options: StartOptions = {}): RunHandle {
    const { onBegin = () => undefined, everyEvent = false } = options;
    const tell: OnEvents = everyEvent ? onEvents : (events) => onEvents(mergeEvents(events));
    const run = new EngineRun(ask, { onEvents: tell, onBegin, fs: this.fs, store: this.host.store });
    this.runs.push(run);
    void run.ended.then(() => this.beginNext());
    this.beginNext();
    return run;
  }

  /** Lets all engines leave. */
  async close(): Promise<void> {
    for (const run of this.runs.slice(1)) run.cancel();
    await Promise.all([...this.engines.values()].map((engine) => engine.close()));
    this.engines.clear();
  }
  private beginNext(): void {
    this.runs = this.runs.filter(({ isOver }) => !isOver);
    const [next] = this.runs;
    if (next?.isQueued) next.begin(this.engine('run'));
  }

  private engine(role: EngineRole): EngineProcess {
    const present = this.engines.get(role);
    if (present?.isAlive) return present;
    const started = new EngineProcess(this.host, role);
    this.engines.set(role, started);
    // A plan that is asked for during a run needs to know it.
    if (role === 'run')
      void started.fingerprint().then(
        (runner) => this.known.keep(runner),
        () => undefined,
      );
    return started;
  }

  /** What the run engine says of itself; where it cannot be started, what it said the last time, and a word of that. */
  private async runner(): Promise<{ readonly runner: string; readonly problems: readonly Problem[] }> {
    try {
      return { runner: await this.engine('run').fingerprint(), problems: [] };
    } catch (error) {
      const runner = error instanceof EngineDied ? await this.known.recall() : undefined;
      if (runner === undefined) throw error;
      return { runner, problems: [problem('plan-runner-remembered', {}, { severity: 'warning' })] };
    }
  }

  private async ask<N extends RequestName>(
    role: EngineRole,
    { type, ask, signal }: Asked<N>,
  ): Promise<Requests[N]['answer']> {
    if (signal?.aborted) throw cancelled();
    const engine = this.engine(role);
    const { id, answer } = engine.ask(type, ask);
    const answered = abortable(answer, signal, () => engine.cancel(id));
    return answered.catch(unlessAborted(signal));
  }
}

interface Asked<N extends RequestName> {
  readonly type: N;
  readonly ask: Requests[N]['ask'];
  readonly signal: AbortSignal | undefined;
}

function cancelled(): ProblemError {
  return new ProblemError(problem('request-cancelled', {}, { severity: 'info' }));
}

function unlessAborted(signal: AbortSignal | undefined): (error: unknown) => never {
  return (error) => {
    if (signal?.aborted) throw cancelled();
    throw error instanceof EngineDied ? new ProblemError(deathProblem(error.end, undefined)) : error;
  };
}
