import { type Problem, ProblemError, problem } from '../../src-shared/problem';
import { diskProblem } from '../files/disk-problem';
import { isDiskError } from '../files/fs-port';
import type { EngineParts } from './engine-parts';
import { EventBatcher } from './event-batcher';
import { executeRun } from './execute-run';
import type { DocumentRequest, FromEngine, RequestName, Requests, ToEngine } from './messages';
import { inspect, prepare } from './prepare-run';

type Answer = Requests[RequestName]['answer'];

/** Answers a host's requests, one after another; cancelling reaches the one under way at once. */
export class EngineService {
  private readonly aborts = new Map<number, AbortController>();
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: () => Promise<EngineParts>,
    private readonly send: (message: FromEngine) => void,
  ) {}

  receive(message: ToEngine): void {
    if (message.type === 'cancel') {
      this.aborts.get(message.id)?.abort();
      return;
    }
    const abort = new AbortController();
    this.aborts.set(message.id, abort);
    this.queue = this.queue
      .then(() => this.answer(message, abort.signal))
      .finally(() => this.aborts.delete(message.id));
  }

  private async answer(message: Exclude<ToEngine, { type: 'cancel' }>, signal: AbortSignal): Promise<void> {
    const { id, type, ask } = message;
    const batcher = new EventBatcher((events) => this.send({ type: 'events', id, events }));
    try {
      signal.throwIfAborted();
      const answer = await this.perform(type, ask, { signal, onEvent: (event) => batcher.add(event) });
      batcher.flush();
      this.send({ type: 'answer', id, answer });
    } catch (error) {
      batcher.flush();
      if (signal.aborted && type === 'run') this.send({ type: 'answer', id, answer: { state: 'cancelled', run: '' } });
      else this.send({ type: 'refused', id, problem: problemOf(error) });
    }
  }

  private async perform(
    type: RequestName,
    ask: DocumentRequest,
    options: Parameters<typeof executeRun>[2],
  ): Promise<Answer> {
    const parts = await this.parts();
    if (type === 'run') return executeRun(parts, ask, options);
    if (type === 'check') return check(parts, ask, options.signal);
    return plan(parts, ask, options.signal);
  }
}

async function check(
  parts: EngineParts,
  ask: DocumentRequest,
  signal: AbortSignal,
): Promise<Requests['check']['answer']> {
  const { inference, problems } = await inspect(parts, ask, signal);
  const types: Record<string, Record<string, Requests['check']['answer']['types'][string][string]>> = {};
  for (const { id, definition } of inference.graph.order) {
    for (const port of Object.keys(definition?.outputs ?? {})) {
      const type = inference.types[`${id}.${port}`];
      if (type) types[id] = { ...types[id], [port]: type };
    }
  }
  return { problems, types };
}

async function plan(
  parts: EngineParts,
  ask: DocumentRequest,
  signal: AbortSignal,
): Promise<Requests['plan']['answer']> {
  const { runner } = await parts.openRunner();
  const prepared = await prepare(parts, ask, { signal, runner: runner.runner.fingerprint });
  const steps = prepared.plan.map(({ name, state, reason, estimate }) => {
    return { node: name, state, reason, ...(estimate ? { estimate } : {}) };
  });
  return { problems: prepared.problems, steps };
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (isDiskError(error)) return diskProblem(error);
  console.error(error);
  return problem('engine-failed', { message: error instanceof Error ? error.message : String(error) });
}
