import type { DeployEvent, Place, Transfer } from '../../src-shared/deploy';
import type { Problem } from '../../src-shared/problem';
import type { Text } from '../../src-shared/text';
import type { Ticket } from '../../src-shared/window-data';

export interface SendingStep {
  readonly id: string;
  readonly does: Text;
  readonly transfer?: Transfer;
  readonly state: 'waiting' | 'started' | 'there' | 'done';
  /** Bytes that this step has moved. */
  readonly moved: number;
  /** What the step last said of itself: a file, why it waits. */
  readonly message?: string;
}

/** A deployment that this window has started, as far as it has heard. */
export interface Sending {
  readonly ticket: Ticket;
  readonly action: 'start' | 'stop' | 'delete';
  readonly state: 'running' | 'cancelling' | 'done' | 'failed' | 'cancelled';
  readonly steps: readonly SendingStep[];
  /** Milliseconds, of the clock that events are folded with, when the first byte could move. */
  readonly began?: number;
  readonly now?: number;
  readonly sent?: number;
  readonly place?: Partial<Place>;
  readonly problem?: Problem;
}

export function startSending(ticket: Ticket, action: Sending['action']): Sending {
  return { ticket, action, state: 'running', steps: [] };
}

/** What is known after one more event, heard at `now` (milliseconds). */
export function foldDeploy(sending: Sending, event: DeployEvent, now: number): Sending {
  const timed = { ...sending, now };
  switch (event.type) {
    case 'deploy-planned':
      return { ...timed, steps: event.steps.map((step) => ({ ...step, state: 'waiting', moved: 0 })) };
    case 'deploy-step': {
      const began = timed.began ?? (event.state === 'started' ? now : undefined);
      const { state } = event;
      const steps = change(timed.steps, event.step, (step) => ({ ...step, state, moved: movedBy(step, state) }));
      return { ...timed, steps, ...(began === undefined ? {} : { began }) };
    }
    case 'deploy-progress': {
      const moved = event.unit === 'bytes' ? event.done : 0;
      const said = event.message === undefined ? {} : { message: event.message };
      return { ...timed, steps: change(timed.steps, event.step, (step) => ({ ...step, moved, ...said })) };
    }
    case 'deploy-finished': {
      const { type: _type, target: _target, sent, ...place } = event;
      return { ...timed, sent, place };
    }
  }
}

function movedBy(step: SendingStep, state: SendingStep['state']): number {
  if (state === 'done') return step.transfer?.bytes ?? step.moved;
  return state === 'there' ? 0 : step.moved;
}

function change(
  steps: readonly SendingStep[],
  id: string,
  how: (step: SendingStep) => SendingStep,
): readonly SendingStep[] {
  return steps.map((step) => (step.id === id ? how(step) : step));
}

/** Bytes that moved so far, and how many a second. */
export function paceOf({ steps, began, now }: Sending): { readonly moved: number; readonly rate: number | undefined } {
  const moved = steps.reduce((sum, step) => sum + step.moved, 0);
  if (began === undefined || now === undefined || now - began < 200) return { moved, rate: undefined };
  return { moved, rate: moved / ((now - began) / 1000) };
}

/** Steps that are over. */
export function stepsDone({ steps }: Sending): number {
  return steps.filter(({ state }) => state === 'there' || state === 'done').length;
}

/** What leaves this machine, by the plan. */
export function leaving(steps: readonly { readonly transfer?: Transfer }[]): {
  readonly bytes: number;
  readonly hosts: readonly string[];
} {
  const transfers = steps.flatMap(({ transfer }) => (transfer?.leaves ? [transfer] : []));
  const bytes = transfers.reduce((sum, transfer) => sum + transfer.bytes, 0);
  return { bytes, hosts: [...new Set(transfers.map(({ to }) => to))] };
}
