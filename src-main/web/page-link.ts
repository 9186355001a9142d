import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { HostAnswer } from '../../src-shared/shell-link';
import type { Client } from '../ipc/handlers';
import type { WindowHost } from '../window-host/create-window-host';

/** Why a socket is closed, as WebSocket codes. */
export const closeCodes = {
  /** The host ends. */
  goingAway: 1001,
  /** What came is no frame of ours. */
  badFrame: 1007,
  /** The page is connected anew; what was before is over. Pages do not try again after this one. */
  replaced: 1008,
  /** The page does not take what it is sent. */
  tooSlow: 1013,
} as const;

const frameSchema = z.strictObject({ id: z.int().min(0), name: z.string().max(200), ask: z.unknown() });

interface Asked {
  readonly answer: Promise<HostAnswer>;
  answeredAt?: number;
}

/** How long an answer is kept after it was sent, in case its socket broke and the page asks again. */
const keepAnswersMs = 10_000;
/** Events that wait for a page that is just not connected. */
const mostWaiting = 2_000;
const mostUnsentBytes = 256 * 2 ** 20;

/**
 * One page of the web host, a client over as many sockets as it takes. A socket that breaks loses nothing: events
 * wait for the next one, and a request that is sent again under the same id is not done twice.
 */
export class PageLink {
  readonly client: Client;
  private socket: WebSocket | undefined;
  private readonly asked = new Map<number, Asked>();
  private waiting: string[] = [];

  constructor(
    id: string,
    private readonly host: WindowHost,
  ) {
    this.client = { id, emit: (event, payload) => this.send(JSON.stringify({ event, payload })) };
  }

  /** Goes on over this socket; `onGone` is called when it breaks and no other has taken its place. */
  attach(socket: WebSocket, onGone: () => void): void {
    this.socket?.close(closeCodes.replaced);
    this.socket = socket;
    socket.on('message', (data, isBinary) => this.receive(isBinary ? undefined : String(data)));
    socket.on('close', () => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      onGone();
    });
    const { waiting } = this;
    this.waiting = [];
    for (const text of waiting) this.send(text);
  }

  close(): void {
    this.socket?.close(closeCodes.goingAway);
  }

  private receive(text: string | undefined): void {
    const frame = frameSchema.safeParse(parse(text));
    if (!frame.success) {
      this.socket?.close(closeCodes.badFrame);
      return;
    }
    const { id, name, ask } = frame.data;
    this.forgetOldAnswers();
    const asked = this.asked.get(id) ?? { answer: this.host.ask(this.client, name, ask) };
    this.asked.set(id, asked);
    const { socket } = this;
    void asked.answer.then((answer) => {
      asked.answeredAt = performance.now();
      // An answer belongs to the socket that asked last; one that broke is asked again over the next.
      if (socket === this.socket) this.send(JSON.stringify({ id, answer }));
    });
  }

  private forgetOldAnswers(): void {
    const oldest = performance.now() - keepAnswersMs;
    for (const [id, { answeredAt }] of this.asked) {
      if (answeredAt !== undefined && answeredAt < oldest) this.asked.delete(id);
    }
  }

  private send(text: string): void {
    if (!this.socket) {
      this.waiting.push(text);
      if (this.waiting.length > mostWaiting) this.waiting.shift();
      return;
    }
    if (this.socket.bufferedAmount > mostUnsentBytes) this.socket.close(closeCodes.tooSlow);
    else this.socket.send(text);
  }
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
