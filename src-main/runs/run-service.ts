import { ProblemError } from '../../src-shared/problem';
import type { RunEvent } from '../../src-shared/runs/run-event';
import type { DocumentRequest, EngineRole, Requests, RunOutcome } from '../engine/messages';
import type { FsPort } from '../files/fs-port';
import type { Host } from '../host';
import { closeDeadRun } from './dead-run';
import { deathProblem, EngineDied, EngineProcess } from './engine-process';

export type OnEvents = (events: readonly RunEvent[]) => void;

export interface RunHandle {
  /** Process id of the engine that runs it. */
  readonly enginePid: number;
  /** How it ended. Rejects with a ProblemError where its engine could not begin. */
  readonly outcome: Promise<RunOutcome>;
  /** Stops at the next step boundary, by force after five seconds. */
  cancel(): void;
  /** Stops at once. */
  kill(): void;
}

/** Grace between a polite stop and a forced one. */
const forceAfterMs = 5_000;

/**
 * Runs documents in engine processes, one for looking and one for running, started when they are first needed. A
 * run engine that died is replaced at the next run; the host itself is never harmed by one.
 */
export class RunService {
  private readonly engines = new Map<EngineRole, EngineProcess>();

  constructor(
    private readonly host: Host,
    private readonly fs: FsPort,
  ) {}

  /** Types and problems, without running anything. */
  check(ask: DocumentRequest): Promise<Requests['check']['answer']> {
    return surviving(this.engine('look').ask('check', ask).answer);
  }

  /** What would run, and why. */
  plan(ask: DocumentRequest): Promise<Requests['plan']['answer']> {
    return surviving(this.engine('run').ask('plan', ask).answer);
  }

  start(ask: DocumentRequest, onEvents: OnEvents): RunHandle {
    const engine = this.engine('run');
    const progress = { run: undefined as string | undefined, seen: 0, cancelled: false };
    const { id, answer } = engine.ask('run', ask, (events) => {
      progress.run = events[0]?.run ?? progress.run;
      progress.seen = events.at(-1)?.seq ?? progress.seen;
      onEvents(events);
    });
    let force: NodeJS.Timeout | undefined;
    const outcome = answer
      .catch((error: unknown) => this.afterDeath(error, { ...progress, onEvents }))
      .finally(() => clearTimeout(force));
    const kill = () => {
      progress.cancelled = true;
      engine.kill();
    };
    const cancel = () => {
      progress.cancelled = true;
      engine.cancel(id);
      force ??= setTimeout(kill, forceAfterMs);
    };
    return { enginePid: engine.pid, outcome, cancel, kill };
  }

  /** Lets all engines leave. */
  async close(): Promise<void> {
    await Promise.all([...this.engines.values()].map((engine) => engine.close()));
    this.engines.clear();
  }

  private engine(role: EngineRole): EngineProcess {
    const present = this.engines.get(role);
    if (present?.isAlive) return present;
    const started = new EngineProcess(this.host, role);
    this.engines.set(role, started);
    return started;
  }

  private async afterDeath(
    error: unknown,
    at: { run: string | undefined; seen: number; cancelled: boolean; onEvents: OnEvents },
  ): Promise<RunOutcome> {
    if (!(error instanceof EngineDied)) throw error;
    const { run, seen, cancelled } = at;
    if (run === undefined) {
      if (cancelled) return { state: 'cancelled', run: '' };
      throw new ProblemError(deathProblem(error.end, undefined));
    }
    const unseen = await closeDeadRun(this.fs, this.host.store, { run, seen, cancelled, end: error.end });
    at.onEvents(unseen);
    const finished = unseen.find((event) => event.type === 'run-finished');
    return { run, state: finished?.state ?? 'failed' };
  }
}

async function surviving<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw error instanceof EngineDied ? new ProblemError(deathProblem(error.end, undefined)) : error;
  });
}
