import { type ChildProcess, fork } from 'node:child_process';
import type { Problem } from '../../src-shared/problem';
import { ProblemError, problem } from '../../src-shared/problem';
import type { RunEvent } from '../../src-shared/runs/run-event';
import {
  type EngineRole,
  type FromEngine,
  heard,
  parseFromEngine,
  type RequestName,
  type Requests,
  type ToEngine,
} from '../engine/messages';
import type { Host } from '../host';
import { engineEnvironment, engineFlags } from './engine-settings';

/** How a process ended. */
export interface EngineEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** An engine is gone while it had something to do. */
export class EngineDied extends Error {
  constructor(readonly end: EngineEnd) {
    super(`The engine process ended (${end.signal ?? end.code}).`);
    this.name = 'EngineDied';
  }
}

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly onEvents: (events: readonly RunEvent[]) => void;
}

/** One engine process as the host sees it: asks, answers, events, its end. */
export class EngineProcess {
  readonly pid: number;
  private readonly child: ChildProcess;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private ended: EngineEnd | undefined;
  private lastHeard = performance.now();
  private runner: Promise<string> | undefined;

  constructor(
    private readonly host: Host,
    role: EngineRole,
  ) {
    const { store, storeLimit, device } = host;
    const settings = JSON.stringify({ role, store, storeLimit, device });
    this.child = fork(host.engineFile, [settings], {
      // Structured clone: a loss of NaN must arrive as NaN.
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: engineEnvironment(process.env),
      execArgv: [...process.execArgv, ...engineFlags()],
    });
    this.pid = this.child.pid ?? -1;
    this.child.on('message', (message) => this.receive(parseFromEngine(message)));
    this.child.on('exit', (code, signal) => this.finish({ code, signal }));
    this.child.on('error', () => this.finish({ code: null, signal: null }));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => host.onEngineOutput(text));
    }
  }

  get isAlive(): boolean {
    return this.ended === undefined;
  }

  /** Seconds since the process last said anything; it should every second. */
  get silentFor(): number {
    return (performance.now() - this.lastHeard) / 1000;
  }

  /** Sends a request. Rejects with a ProblemError where the engine refuses, with EngineDied where it ends first. */
  ask<N extends RequestName>(
    type: N,
    ask: Requests[N]['ask'],
    onEvents: Pending['onEvents'] = () => undefined,
  ): { readonly id: number; readonly answer: Promise<Requests[N]['answer']> } {
    const id = this.nextId++;
    const answer = new Promise<Requests[N]['answer']>((resolve, reject) => {
      if (this.ended) {
        reject(new EngineDied(this.ended));
        return;
      }
      this.pending.set(id, { resolve, reject, onEvents });
      // The union is by name; `type` and `ask` belong together by the signature.
      this.send({ type, id, ask } as ToEngine);
    });
    return { id, answer };
  }

  /** What results of this engine depend on bit for bit. Asked once; known while it runs. */
  fingerprint(): Promise<string> {
    this.runner ??= this.ask('runner', {}).answer.then(({ fingerprint }) => fingerprint);
    return this.runner;
  }

  cancel(id: number): void {
    this.send({ type: 'cancel', id });
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    this.child.kill(signal);
  }

  /** Lets the process leave by itself and waits until it has. */
  async close(): Promise<void> {
    if (this.ended) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.connected) this.child.disconnect();
    const force = setTimeout(() => this.kill(), 2_000);
    await gone;
    clearTimeout(force);
  }

  private send(message: ToEngine): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  private receive(message: FromEngine | undefined): void {
    this.lastHeard = performance.now();
    if (!message || message.type === 'heartbeat' || message.type === 'ready') return;
    if (message.type === 'talks') {
      this.host.onTalks?.(this.pid, message.talks);
      return;
    }
    const pending = this.pending.get(message.id);
    if (!pending) return;
    if (message.type === 'events') {
      pending.onEvents(heard(message.events));
      return;
    }
    this.pending.delete(message.id);
    // Requests and answers share an id, so the answer has the type that was asked for.
    if (message.type === 'answer') pending.resolve(message.answer as never);
    else pending.reject(new ProblemError(message.problem));
  }

  private finish(end: EngineEnd): void {
    if (this.ended) return;
    this.ended = end;
    this.host.onTalks?.(this.pid, []);
    for (const { reject } of this.pending.values()) reject(new EngineDied(end));
    this.pending.clear();
  }
}

/** What the end of an engine means to a person. */
export function deathProblem({ code, signal }: EngineEnd, node: string | undefined): Problem {
  if (code === null && signal === null) return problem('engine-missing');
  const how = signal ?? `exit ${code}`;
  if (node === undefined) return problem('engine-died-early', { signal: how });
  return problem('engine-died', { node, signal: how }, { node });
}
