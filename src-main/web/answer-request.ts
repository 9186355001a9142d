import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { z } from 'zod';
import type { FsPort } from '../files/fs-port';
import { isKnown, refusal } from './request-rules';
import { cookieName, isSame, type SessionKeys } from './session-keys';
import { readStatic } from './static-files';

/** What is served, where and to whom. */
export interface Site {
  readonly fs: FsPort;
  readonly folder: string;
  readonly port: number;
  readonly keys: SessionKeys;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** On every answer, refusals too. No header allows another origin anything. */
const alwaysHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

const largestBody = 4096;
const tokenSchema = z.strictObject({ token: z.string().max(200) });

/** Answers everything that is no socket: the page's files, and the swap of the token for the session. */
export async function answerRequest(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = await replyTo(site, request).catch((): Reply => ({ status: 500, body: 'The page cannot be read.' }));
  const isText = typeof reply.body === 'string';
  response.writeHead(reply.status, {
    ...alwaysHeaders,
    ...(isText ? { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } : {}),
    ...reply.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : reply.body);
}

async function replyTo(site: Site, request: IncomingMessage): Promise<Reply> {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const why = refusal(request.headers, { port: site.port, hasEffect: !isRead });
  if (why) return { status: 403, body: why };
  const path = pathOf(request);
  if (path === '/session') return isRead ? tellSession(site, request) : openSession(site, request);
  if (!isRead) return { status: 405, headers: { allow: 'GET, HEAD' }, body: 'Files can only be read.' };
  const file = await readStatic(site.fs, site.folder, path);
  return file ? { status: 200, ...file } : { status: 404, body: 'There is no such file.' };
}

/** The address as it was sent: `URL` would take `..` out before anybody could refuse it. */
function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split(/[?#]/, 1)[0] || '/';
}

/** Whether the page that asks would be let in: a socket that is refused does not say why. */
function tellSession(site: Site, { headers }: IncomingMessage): Reply {
  const key = headers['x-modelyard-key'];
  return { status: isKnown(headers, typeof key === 'string' ? key : undefined, site) ? 204 : 401 };
}

async function openSession({ keys, port }: Site, request: IncomingMessage): Promise<Reply> {
  if (request.method !== 'POST') return { status: 405, headers: { allow: 'GET, HEAD, POST' }, body: 'Only POST.' };
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return { status: 415, body: 'Only JSON.' };
  const body = await readBody(request);
  if (body === undefined) return { status: 413, headers: { connection: 'close' }, body: 'Too long.' };
  const asked = tokenSchema.safeParse(parse(body));
  if (!asked.success || !isSame(asked.data.token, keys.token)) return { status: 401, body: 'The token is wrong.' };
  const cookie = `${cookieName(port)}=${keys.cookie}; Path=/; HttpOnly; SameSite=Strict`;
  return {
    status: 200,
    headers: { 'set-cookie': cookie, 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ key: keys.pageKey }),
  };
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > largestBody) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function refuseUpgrade(stream: Duplex, status: 401 | 403 | 404): void {
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
