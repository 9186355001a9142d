import { type Problem, ProblemError, problem } from '../../src-shared/problem';
import { diskProblem } from '../files/disk-problem';
import { isDiskError } from '../files/fs-port';
import { answerRequest } from './answer-request';
import type { EngineParts } from './engine-parts';
import { EventBatcher } from './event-batcher';
import { type EngineRole, type FromEngine, type ToEngine, type ToldEvent, toTell } from './messages';

type Request = Exclude<ToEngine, { type: 'cancel' }>;

/**
 * Answers a host's requests: those to look side by side, those to run one after another, and
 * beside them what the runner is. Cancelling reaches a
 * request at once, whether it is under way or waits.
 */
export class EngineService {
  private readonly aborts = new Map<number, AbortController>();
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly role: EngineRole,
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
    const answer = () => this.answer(message, abort.signal).finally(() => this.aborts.delete(message.id));
    if (this.role === 'look' || message.type === 'runner') void answer();
    else this.queue = this.queue.then(answer);
  }

  private async answer(message: Request, signal: AbortSignal): Promise<void> {
    const { id, type } = message;
    const batcher = new EventBatcher<ToldEvent>((events) => this.send({ type: 'events', id, events }));
    try {
      signal.throwIfAborted();
      const answer = await answerRequest(await this.parts(), message, {
        signal,
        onEvent: (event, line) => batcher.add(toTell(event, line)),
      });
      batcher.flush();
      this.send({ type: 'answer', id, answer });
    } catch (error) {
      batcher.flush();
      if (signal.aborted && type === 'run') this.send({ type: 'answer', id, answer: { state: 'cancelled', run: '' } });
      else
        this.send({ type: 'refused', id, problem: signal.aborted ? problem('request-cancelled') : problemOf(error) });
    }
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (isDiskError(error)) return diskProblem(error);
  console.error(error);
  return problem('engine-failed', { message: error instanceof Error ? error.message : String(error) });
}
