import type { AnswerOf, AskOf, EventName, Events, RequestName } from '../../src-shared/ipc';

/** A window as the host sees it. */
export interface Client {
  readonly id: string;
  /** Tells this window something; dropped where it is gone. */
  readonly emit: <N extends EventName>(name: N, payload: Events[N]) => void;
}

/** Answers one kind of request. Throws ProblemError where it refuses; the ask was checked before. */
export type Handler<N extends RequestName> = (ask: AskOf<N>, client: Client) => Promise<AnswerOf<N>>;

export type Handlers = { readonly [N in RequestName]: Handler<N> };

/** Handlers that belong together, with what they do when a window goes away or the host ends. */
export interface HandlerGroup<N extends RequestName> {
  readonly handlers: Pick<Handlers, N>;
  readonly clientGone?: (client: Client) => Promise<void>;
  readonly close?: () => Promise<void>;
}
