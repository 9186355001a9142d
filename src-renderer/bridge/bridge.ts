import type { AnswerOf, AskOf, Bridge, EventName, Events, RequestName } from '../../src-shared/ipc';
import { ProblemError } from '../../src-shared/problem';
import { openWebBridge } from './web-bridge';

declare global {
  interface Window {
    /** Put there by the preload script of the desktop app. */
    readonly modelyard?: Bridge;
  }
}

let bridge: Bridge | undefined;

/** Connects to the host: the desktop's by its preload script, else the web host that served this page. */
export async function connect(): Promise<void> {
  bridge = window.modelyard ?? (await openWebBridge(window.location));
}

/** Asks the host. Rejects with ProblemError where it refuses. */
export async function ask<N extends RequestName>(name: N, value: AskOf<N>): Promise<AnswerOf<N>> {
  const answer = await connected().ask(name, value);
  if (!answer.ok) throw new ProblemError(answer.problem);
  return answer.value;
}

/** Hears what the host tells unasked, until the function that it returns is called. */
export function listen<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void {
  return connected().on(name, listener);
}

function connected(): Bridge {
  if (!bridge) throw new Error('The window is not connected to its host.');
  return bridge;
}
