import type { Answer, AskOf, Bridge, EventName, Events, RequestName } from '../../src-shared/ipc';
import { problem } from '../../src-shared/problem';

interface Pending {
  readonly frame: string;
  readonly resolve: (answer: never) => void;
}
type Listener = (payload: never) => void;

const retryMs = 500;

/**
 * The contract over one WebSocket. The token stands in the address's fragment, which browsers never send: it is
 * swapped for a cookie and taken out of the address. A connection that breaks is made again, what was asked is asked
 * again.
 */
export async function openWebBridge(location: Location): Promise<Bridge> {
  const token = location.hash.slice(1);
  if (token) {
    await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    history.replaceState(undefined, '', location.pathname);
  }
  const link = new WebLink(`ws://${location.host}/socket?page=${crypto.randomUUID()}`);
  await link.opened;
  return link;
}

class WebLink implements Bridge {
  readonly opened: Promise<void>;
  private socket: WebSocket | undefined;
  private nextId = 1;
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(private readonly url: string) {
    this.opened = this.open();
  }

  ask<N extends RequestName>(name: N, value: AskOf<N>): Promise<Answer<N>> {
    const id = this.nextId++;
    const frame = JSON.stringify({ id, name, ask: value });
    return new Promise((resolve) => {
      this.pending.set(id, { frame, resolve });
      if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(frame);
    });
  }

  on<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void {
    const known = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, known.add(listener));
    return () => known.delete(listener);
  }

  private open(): Promise<void> {
    return new Promise((resolve) => {
      const socket = new WebSocket(this.url);
      this.socket = socket;
      socket.onopen = () => {
        for (const { frame } of this.pending.values()) socket.send(frame);
        resolve();
      };
      socket.onmessage = ({ data }) => this.receive(JSON.parse(String(data)));
      socket.onclose = ({ code }) => this.closed(code, resolve);
    });
  }

  private receive(message: { id: number; answer: never } | { event: string; payload: never }): void {
    if ('event' in message) {
      for (const listener of this.listeners.get(message.event) ?? []) listener(message.payload);
      return;
    }
    this.pending.get(message.id)?.resolve(message.answer);
    this.pending.delete(message.id);
  }

  private closed(code: number, resolve: () => void): void {
    this.socket = undefined;
    // 1008: the host refuses this page; asking again would not change that.
    if (code === 1008) this.refuseAll();
    else setTimeout(() => this.open().then(resolve), retryMs);
  }

  private refuseAll(): void {
    const refused = { ok: false, problem: problem('host-refuses') };
    // Every answer may be a problem.
    for (const { resolve } of this.pending.values()) resolve(refused as never);
    this.pending.clear();
  }
}
