import { randomUUID } from 'node:crypto';
import type { DeployEvent } from '../../src-shared/deploy';
import type { Events } from '../../src-shared/ipc';
import { fail } from '../../src-shared/problem';
import type { Ticket } from '../../src-shared/window-data';
import { deployProblem } from '../exports/targets/deploy-context';
import type { Client } from '../ipc/handlers';

interface Running {
  readonly client: string;
  /** What it changes: nothing else may change that meanwhile. */
  readonly key?: string;
  readonly abort: AbortController;
  readonly ended: Promise<unknown>;
}

interface Work {
  readonly signal: AbortSignal;
  readonly onEvent: (event: DeployEvent) => void;
}

/**
 * Deployments under way, each with the window that started it. When that window goes they stop, and go on when they
 * are started again: nothing is sent that nobody sees.
 */
export class RunningDeploys {
  private readonly running = new Map<Ticket, Running>();

  /** Starts work that tells its events and its end. @throws ProblemError `deploy-under-way` */
  start(client: Client, key: string, work: (work: Work) => Promise<void>): { readonly ticket: Ticket } {
    if ([...this.running.values()].some((other) => other.key === key)) fail('deploy-under-way');
    const ticket = randomUUID();
    const abort = new AbortController();
    const onEvent = (event: DeployEvent) => client.emit('deploy:event', { ticket, event });
    // The window has to know the ticket before it hears of it.
    const begun = new Promise<void>((resolve) => setImmediate(resolve));
    const ended = begun
      .then(() => work({ signal: abort.signal, onEvent }))
      .then(
        () => this.end(client, { ticket, state: 'done' }),
        (error: unknown) =>
          abort.signal.aborted
            ? this.end(client, { ticket, state: 'cancelled' })
            : this.end(client, { ticket, state: 'failed', problem: deployProblem(error) }),
      );
    this.running.set(ticket, { client: client.id, key, abort, ended });
    return { ticket };
  }

  /** A question that ends with its window. */
  async during<T>(client: Client, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const ticket = randomUUID();
    const abort = new AbortController();
    const ended = work(abort.signal).finally(() => this.running.delete(ticket));
    this.running.set(ticket, { client: client.id, abort, ended: ended.catch(() => undefined) });
    return ended;
  }

  cancel(ticket: Ticket): void {
    this.running.get(ticket)?.abort.abort();
  }

  async stopOf(client: Pick<Client, 'id'>): Promise<void> {
    await this.stop([...this.running.values()].filter((one) => one.client === client.id));
  }

  async stopAll(): Promise<void> {
    await this.stop([...this.running.values()]);
  }

  private async stop(those: readonly Running[]): Promise<void> {
    for (const { abort } of those) abort.abort();
    await Promise.all(those.map(({ ended }) => ended));
  }

  private end(client: Client, ended: Events['deploy:ended']): void {
    this.running.delete(ended.ticket);
    client.emit('deploy:ended', ended);
  }
}
