import type { Answer, AskOf, Bridge, EventName, Events, RequestName } from '../../src-shared/ipc';
import { problem } from '../../src-shared/problem';
import { isPageReload } from './page-reload';

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
    await openSession(token);
    history.replaceState(undefined, '', location.pathname);
  }
  const link = new WebLink(location.host, localStorage.getItem(keyName) ?? '');
  await link.opened;
  return link;
}

/** The cookie goes to every port of this machine; the key beside it is kept for this port alone. */
const keyName = 'modelyard.key';

async function openSession(token: string): Promise<void> {
  const reply = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (reply.ok) localStorage.setItem(keyName, (await reply.json()).key);
}

const pageName = 'modelyard.page';

/** A page that is loaded again goes on as the same window, with its documents; a duplicate of its tab is another one. */
function pageId(): string {
  const id = (isPageReload() && sessionStorage.getItem(pageName)) || crypto.randomUUID();
  sessionStorage.setItem(pageName, id);
  return id;
}

class WebLink implements Bridge {
  readonly opened: Promise<void>;
  private socket: WebSocket | undefined;
  /** The host does nothing twice under one id, and a page that is loaded again is the same page to it. */
  private nextId = Date.now();
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Map<string, Set<Listener>>();

  private readonly url: string;
  private isRefused = false;
  /** Events that came before anybody listened. */
  private readonly unheard = new Map<string, unknown[]>();

  constructor(
    host: string,
    private readonly key: string,
  ) {
    this.url = `ws://${host}/socket?page=${pageId()}&key=${key}`;
    this.opened = this.open();
  }

  ask<N extends RequestName>(name: N, value: AskOf<N>): Promise<Answer<N>> {
    const id = this.nextId++;
    const frame = JSON.stringify({ id, name, ask: value });
    return new Promise((resolve) => {
      this.pending.set(id, { frame, resolve });
      if (this.isRefused) this.refuseAll();
      if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(frame);
    });
  }

  on<N extends EventName>(name: N, listener: (payload: Events[N]) => void): () => void {
    const known = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, known.add(listener));
    const unheard = this.unheard.get(name) ?? [];
    this.unheard.delete(name);
    // What was kept under this name came as this event.
    for (const payload of unheard) listener(payload as Events[N]);
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
      socket.onclose = ({ code }) => void this.closed(code, resolve);
    });
  }

  private receive(message: { id: number; answer: never } | { event: string; payload: never }): void {
    if ('event' in message) {
      const listeners = this.listeners.get(message.event);
      if (!listeners) this.unheard.set(message.event, [...(this.unheard.get(message.event) ?? []), message.payload]);
      for (const listener of listeners ?? []) listener(message.payload);
      return;
    }
    this.pending.get(message.id)?.resolve(message.answer);
    this.pending.delete(message.id);
  }

  private async closed(code: number, resolve: () => void): Promise<void> {
    this.socket = undefined;
    // 1008: another connection has taken this page's place; asking again would not change that.
    this.isRefused = code === 1008 || (await this.isUnknown());
    if (this.isRefused) {
      this.refuseAll();
      resolve();
    } else setTimeout(() => this.open().then(resolve), retryMs);
  }

  /** A socket that is refused does not say why. */
  private async isUnknown(): Promise<boolean> {
    const reply = await fetch('/session', { headers: { 'x-modelyard-key': this.key } }).catch(() => undefined);
    return reply?.status === 401;
  }

  private refuseAll(): void {
    const refused = { ok: false, problem: problem('host-refuses') };
    // Every answer may be a problem.
    for (const { resolve } of this.pending.values()) resolve(refused as never);
    this.pending.clear();
  }
}
