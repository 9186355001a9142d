import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly bytes: number;
}

/** What the proxy does to a request instead of passing it on; `lost`: it arrives, its answer does not. */
export type Mishap = 'reset' | 'lost' | { readonly status: number; readonly headers?: Record<string, string> };

export interface TestProxy {
  readonly url: string;
  readonly seen: Seen[];
  /** Decides per request, counted from 0. */
  mishap: (index: number, seen: Seen) => Mishap | undefined;
  close(): Promise<void>;
}

/** Stands in front of a real server, counts what passes and breaks what it is told to break. */
export async function openProxy(target: number): Promise<TestProxy> {
  const proxy: Omit<TestProxy, 'url' | 'close'> = { seen: [], mishap: () => undefined };
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing));
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = await read(incoming);
    const seen = { method: incoming.method ?? '', path: incoming.url ?? '', bytes: body.length };
    const mishap = proxy.mishap(proxy.seen.push(seen) - 1, seen);
    if (mishap === 'reset') return incoming.socket.destroy();
    if (typeof mishap === 'object') return outgoing.writeHead(mishap.status, mishap.headers).end('busy');
    const { method, url: path, headers } = incoming;
    const onward = request({ port: target, host: '127.0.0.1', method, path, headers }, (answer) => {
      if (mishap === 'lost') {
        answer.resume().on('end', () => incoming.socket.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => incoming.socket.destroy());
    onward.end(body);
    return undefined;
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(proxy, { url: `http://127.0.0.1:${portOf(server)}`, close: () => closeServer(server) });
}

export function portOf(server: Server): number {
  // A listening TCP server has an address of this form.
  return (server.address() as AddressInfo).port;
}

export async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

export async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
