import { randomUUID } from 'node:crypto';
import type { Events } from '../../src-shared/ipc';
import { type Problem, ProblemError, problem } from '../../src-shared/problem';
import type { RunEvent } from '../../src-shared/runs/run-event';
import type { RunEnd, Ticket } from '../../src-shared/window-data';
import { EventBatcher } from '../engine/event-batcher';
import type { RunHandle, RunService } from '../runs/run-service';
import type { Viewer } from './open-documents';
import type { WindowClients } from './window-clients';

type RunEventName = 'run:events' | 'run:queued' | 'run:ended';
type RunAsk = Parameters<RunService['start']>[0];

export interface WindowRunOptions {
  readonly clients: WindowClients;
  /** The windows to tell, looked up at every event: some come later, some go. */
  readonly viewers: () => readonly Viewer[];
  readonly onFault: (error: unknown) => void;
}

/** A run that a window started: its events and its end go to every window that has the document open. */
export class WindowRun {
  readonly ticket: Ticket = randomUUID();
  private handle: RunHandle | undefined;
  /** Names its journal, once it has begun. */
  journal: string | undefined;
  private isCancelled = false;

  constructor(private readonly options: WindowRunOptions) {}

  /** Runs to the end, and tells it. Never rejects. */
  async run(service: RunService, prepare: () => Promise<RunAsk>): Promise<void> {
    const batcher = new EventBatcher<RunEvent>((events) => this.tell('run:events', { events }));
    const end = await this.toEnd(service, prepare, (events) => {
      this.journal ??= events[0]?.run;
      for (const event of events) batcher.add(event);
    });
    batcher.flush();
    this.tell('run:ended', end);
  }

  cancel(): void {
    this.isCancelled = true;
    this.handle?.cancel();
  }

  private async toEnd(
    service: RunService,
    prepare: () => Promise<RunAsk>,
    onEvents: (events: readonly RunEvent[]) => void,
  ): Promise<{ readonly end: RunEnd } | { readonly problem: Problem }> {
    try {
      const handle = service.start(await prepare(), onEvents);
      this.handle = handle;
      if (this.isCancelled) handle.cancel();
      else if (handle.isQueued) this.tell('run:queued', {});
      return { end: await handle.outcome };
    } catch (error) {
      if (error instanceof ProblemError) return { problem: error.problem };
      this.options.onFault(error);
      return { problem: problem('host-failed', { request: 'run:start' }) };
    }
  }

  private tell<N extends RunEventName>(name: N, payload: Omit<Events[N], 'ticket' | 'id'>): void {
    const { ticket } = this;
    for (const { client, id } of this.options.viewers()) {
      // The event is what was left out of it, and the rest.
      this.options.clients.tell(client, name, { ...payload, ticket, id } as Events[N]);
    }
  }
}
