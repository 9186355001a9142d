import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { HostAnswer } from '../../src-shared/shell-link';
import type { Client } from '../ipc/handlers';
import type { WindowHost } from '../window-host/create-window-host';
import { startWebServer, type WebServer } from './web-server';

export const secretOutside = 'nobody may read this';

/** A window host that notes what reaches it and answers what a test says. */
export class NotingHost implements WindowHost {
  readonly asked: { readonly name: unknown; readonly ask: unknown }[] = [];
  readonly clients: Client[] = [];
  readonly gone: string[] = [];
  answer: (name: unknown) => Promise<HostAnswer> = async (name) => ({ ok: true, value: name });
  onGone: () => void = () => undefined;

  async ask(_client: Client, name: unknown, ask: unknown): Promise<HostAnswer> {
    this.asked.push({ name, ask });
    return this.answer(name);
  }
  connect(client: Client): void {
    this.clients.push(client);
  }
  async clientGone({ id }: Client): Promise<void> {
    this.gone.push(id);
    this.onGone();
  }
  async close(): Promise<void> {}
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** A real web host on a folder of its own, with a small page and a secret beside it. */
export class TestSite {
  private constructor(
    readonly server: WebServer,
    readonly host: NotingHost,
    private readonly folder: string,
  ) {}

  static async start(
    options: { readonly graceMs?: number; readonly open?: readonly string[] } = {},
  ): Promise<TestSite> {
    const folder = await mkdtemp(join(tmpdir(), 'modelyard-web-'));
    const pages = join(folder, 'renderer');
    await mkdir(join(pages, 'assets'), { recursive: true });
    await writeFile(join(folder, 'secret.txt'), secretOutside);
    await writeFile(join(pages, 'index.html'), '<meta nonce="__CSP_NONCE__"><script src="./assets/a-1.js"></script>');
    await writeFile(join(pages, 'assets/a-1.js'), 'export {};');
    const host = new NotingHost();
    return new TestSite(await startWebServer({ host, folder: pages, ...options }), host, folder);
  }

  get pages(): string {
    return join(this.folder, 'renderer');
  }
  get origin(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }
  get token(): string {
    return this.server.url.split('#')[1] ?? '';
  }

  /** Any HTTP request, with any headers: a browser would not let a test write `Host`. */
  ask(path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: this.server.port, path, method, headers, agent: false },
        async (reply) => {
          let text = '';
          for await (const piece of reply.setEncoding('utf8')) text += piece;
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** What our own page does with the token of the address. */
  swapToken(token: string, headers: OutgoingHttpHeaders = {}): Promise<Reply> {
    return this.ask('/session', {
      method: 'POST',
      headers: { origin: this.origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ token }),
    });
  }

  async openSession(): Promise<{ readonly cookie: string; readonly key: string }> {
    const { headers, text } = await this.swapToken(this.token);
    const cookie = String(headers['set-cookie']).split(';', 1)[0] ?? '';
    return { cookie, key: JSON.parse(text).key };
  }

  /** A socket as our own page opens it; the promise tells the status where it is refused. */
  async connect(page: string, change: { readonly headers?: OutgoingHttpHeaders; readonly key?: string } = {}) {
    const { cookie, key } = await this.openSession();
    const headers = { origin: this.origin, cookie, ...change.headers };
    return TestSocket.open(
      `${this.origin.replace('http', 'ws')}/socket?page=${page}&key=${change.key ?? key}`,
      headers,
    );
  }

  async stop(): Promise<void> {
    await this.server.close();
    await rm(this.folder, { recursive: true });
  }
}

export class TestSocket {
  readonly messages: unknown[] = [];
  private readonly waiting: (() => void)[] = [];

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)));
      for (const wake of this.waiting.splice(0)) wake();
    });
  }

  /** The open socket, or the status that refused it. */
  static open(url: string, headers: OutgoingHttpHeaders): Promise<TestSocket | number> {
    const known = Object.entries(headers).filter(([, value]) => value !== undefined);
    const socket = new WebSocket(url, { headers: Object.fromEntries(known) as Record<string, string> });
    const test = new TestSocket(socket);
    return new Promise((resolve) => {
      socket.once('open', () => resolve(test));
      socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
      socket.on('error', () => undefined);
    });
  }

  ask(id: number, name: string, ask: unknown = {}): void {
    this.socket.send(JSON.stringify({ id, name, ask }));
  }

  /** The first so many messages. */
  async take(count: number): Promise<unknown[]> {
    while (this.messages.length < count) await new Promise<void>((wake) => this.waiting.push(wake));
    return this.messages.slice(0, count);
  }

  /** The code that the server closes with. */
  async closed(): Promise<number> {
    const [code] = await once(this.socket, 'close');
    return Number(code);
  }

  /** Goes without a word, as a broken connection does. */
  break(): void {
    this.socket.terminate();
  }
}
