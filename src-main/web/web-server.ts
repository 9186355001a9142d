import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { fail } from '../../src-shared/problem';
import { type FsPort, isDiskError, realFs, statIfThere } from '../files/fs-port';
import type { WindowHost } from '../window-host/create-window-host';
import { answerRequest, refuseUpgrade, type Site } from './answer-request';
import { Pages } from './pages';
import { isKnown, refusal } from './request-rules';
import { makeSessionKeys } from './session-keys';

export interface WebServerOptions {
  readonly host: WindowHost;
  /** Folder of the built page. */
  readonly folder: string;
  /** 0, or absent: a free one. */
  readonly port?: number;
  /** Documents that the first page opens. */
  readonly open?: readonly string[];
  readonly fs?: FsPort;
  /** How long a page may be away before its documents are closed. */
  readonly graceMs?: number;
}

export interface WebServer {
  readonly port: number;
  /** With the token behind the #: whoever has it can do what the person can. */
  readonly url: string;
  close(): Promise<void>;
}

const address = '127.0.0.1';
const largestFrame = 128 * 2 ** 20;

/**
 * Serves the page and its one socket on this machine alone. It listens on 127.0.0.1 and never on another address.
 * @throws ProblemError `page-missing`, `port-in-use`, `port-not-allowed`
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { host, folder, fs = realFs, graceMs = 10_000, open = [] } = options;
  if (!(await statIfThere(fs, join(folder, 'index.html')))) fail('page-missing', { folder });
  const server = await listen(options.port ?? 0);
  // A server that listens on an address and a port has an address with a port.
  const { port } = server.address() as AddressInfo;
  const site: Site = { fs, folder, port, keys: makeSessionKeys() };
  const pages = new Pages(host, { graceMs, open });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void answerRequest(site, request, response);
  });
  const sockets = takeUpgrades(server, site, pages);
  const close = () => closeAll(server, pages, sockets);
  return { port, url: `http://127.0.0.1:${port}/#${site.keys.token}`, close };
}

async function listen(port: number): Promise<Server> {
  const server = createServer();
  server.listen(port, address);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (!isDiskError(error)) throw error;
    const values = { port, host: address, code: error.code ?? '' };
    return fail(error.code === 'EADDRINUSE' ? 'port-in-use' : 'port-not-allowed', values);
  }
}

function takeUpgrades(server: Server, site: Site, pages: Pages): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrame, perMessageDeflate: false });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const asked = new URL(request.url ?? '/', 'http://127.0.0.1');
    const page = asked.searchParams.get('page') ?? '';
    if (refusal(request.headers, { port: site.port, hasEffect: true })) return refuseUpgrade(stream, 403);
    if (asked.pathname !== '/socket' || !/^[\w-]{8,100}$/.test(page)) return refuseUpgrade(stream, 404);
    if (!isKnown(request.headers, asked.searchParams.get('key') ?? undefined, site)) return refuseUpgrade(stream, 401);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // Errors of a connection end it; the page connects again.
      socket.on('error', () => socket.terminate());
      pages.attach(page, socket);
    });
  });
  return sockets;
}

async function closeAll(server: Server, pages: Pages, sockets: WebSocketServer): Promise<void> {
  pages.close();
  sockets.close();
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  for (const socket of sockets.clients) socket.terminate();
  await closed;
}
