import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { parse } from 'secure-json-parse';
import { HttpProblem, refuse } from './http-problem';
import { answerRequest, type Route } from './routes';
import type { ServedModel } from './served-model';

export interface HttpOptions {
  readonly model: ServedModel;
  readonly routes: readonly Route[];
  /** Largest body in bytes. */
  readonly maxBody: number;
}

/** The HTTP side: body limit, timeouts, JSON in and out, and a sentence for every refusal. */
export function createHttpServer(options: HttpOptions): Server {
  const server = createServer((request, response) => {
    void respond(request, response, options);
  });
  server.requestTimeout = 60_000;
  server.headersTimeout = 20_000;
  server.keepAliveTimeout = 65_000;
  return server;
}

async function respond(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<void> {
  try {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const readBody = () => readJson(request, options.maxBody);
    const answer = await answerRequest(
      { method: request.method ?? 'GET', path: pathname, readBody },
      options.routes,
      options.model,
    );
    send(response, 200, answer);
  } catch (error) {
    // What is left of a refused body is thrown away, so that the sender reads the answer instead of a broken pipe.
    request.resume();
    if (error instanceof HttpProblem) send(response, error.status, { error: error.message });
    else {
      console.error(error);
      send(response, 500, { error: 'The server failed on this request; its log says why.' });
    }
  }
}

async function readJson(request: IncomingMessage, maxBody: number): Promise<unknown> {
  const tooLarge = () =>
    refuse(`The body is larger than ${Math.floor(maxBody / 1024 / 1024)} MB. Send fewer rows at once.`, 413);
  if (Number(request.headers['content-length'] ?? 0) > maxBody) tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBody) tooLarge();
    chunks.push(bytes);
  }
  try {
    return parse(Buffer.concat(chunks).toString('utf8'), undefined, {
      protoAction: 'error',
      constructorAction: 'error',
    });
  } catch (error) {
    return refuse(`The body is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`);
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}
