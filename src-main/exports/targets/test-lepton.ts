import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { createSchema, type EndpointSpec, newSecretsSchema, patchSchema } from './test-lepton-schemas';
import { closeServer, portOf, read } from './test-proxy';

export interface LeptonRequest {
  readonly method: string;
  readonly path: string;
  readonly bytes: number;
  readonly json?: unknown;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

interface Endpoint {
  spec: EndpointSpec;
  /** How often it says Starting before it is Ready. */
  startsFor: number;
  url: string | undefined;
  /** Settles once the server listens. */
  started: Promise<void>;
  child: ChildProcess | undefined;
}

/**
 * A workspace of DGX Cloud Lepton on this machine: checks every header and body, keeps files, secrets and endpoints,
 * and runs what an endpoint mounts, so that predictions are real.
 */
export class TestLepton {
  readonly requests: LeptonRequest[] = [];
  readonly secrets = new Map<string, string>();
  readonly endpoints = new Map<string, Endpoint>();
  /** What stands in the way of a replica: `{ reason, message }`. */
  readiness: { readonly reason: string; readonly message: string } | undefined;
  /** A state that endpoints never leave. */
  stuckIn: string | undefined;
  readonly root = mkdtempSync(join(tmpdir(), 'lepton-'));
  private readonly server = createServer((request, response) => void this.answer(request, response));

  constructor(readonly token: string) {}

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get port(): number {
    return portOf(this.server);
  }

  async close(): Promise<void> {
    for (const endpoint of this.endpoints.values()) await stopChild(endpoint);
    await closeServer(this.server);
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Bodies that arrived: what a second deployment must have none of. */
  get bodies(): LeptonRequest[] {
    return this.requests.filter(({ bytes }) => bytes > 0);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? '';
    const isJson = request.headers['content-type'] === 'application/json';
    const json: unknown = isJson ? JSON.parse(body.toString('utf8')) : undefined;
    this.requests.push({ method, path: pathname + search, bytes: body.length, ...(isJson ? { json } : {}) });
    const asked = { method, path: pathname, search, headers: request.headers, body, json };
    const { status, body: told } = await this.route(asked).catch((error: unknown) => ({
      status: 400,
      body: `${error}`,
    }));
    const text = told instanceof Uint8Array ? told : typeof told === 'string' ? told : JSON.stringify(told ?? {});
    response.writeHead(status).end(method === 'HEAD' ? undefined : text);
  }

  private async route(asked: Asked): Promise<Answer> {
    const live = /^\/live\/([^/]+)(\/.*)$/.exec(asked.path);
    if (live) return this.predict(live[1] ?? '', live[2] ?? '', asked);
    const { authorization, origin } = asked.headers;
    if (authorization !== `Bearer ${this.token}`) return { status: 401, body: `bad token ${authorization}` };
    if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(origin ?? '')) return { status: 400, body: `bad origin ${origin}` };
    const path = asked.path.replace(/^\/api\/v2\/workspaces\/test/, '');
    if (path === asked.path) return { status: 404, body: 'no such workspace' };
    const [, area = '', ...rest] = path.split('/').map(decodeURIComponent);
    if (area === 'workspace' && asked.method === 'GET') {
      return { status: 200, body: { workspace_name: 'test', workspace_state: 'normal', supported_shapes: {} } };
    }
    if (area === 'storage') return this.storage(rest.slice(1), asked);
    if (area === 'usersecrets') return this.userSecrets(rest, asked);
    if (area === 'deployments') return this.deployments(rest, asked);
    return { status: 404, body: `no route ${asked.method} ${path}` };
  }

  /** Folders have to be made before what lies in them, as on any file system. */
  private async storage(parts: readonly string[], { method, headers, body, search }: Asked): Promise<Answer> {
    if (parts.includes('..')) return { status: 400, body: 'bad path' };
    const path = join(this.root, ...parts);
    const found = await stat(path).catch(() => undefined);
    if (method === 'HEAD') return { status: found ? 200 : 404 };
    if (method === 'GET') return found?.isFile() ? { status: 200, body: await readFile(path) } : { status: 404 };
    if (method === 'DELETE') {
      if (found?.isDirectory() && search !== '?removeall=true') return { status: 400, body: 'folder is not empty' };
      await rm(path, { recursive: true, force: true });
      return { status: found ? 200 : 404 };
    }
    if (!(await stat(dirname(path)).catch(() => undefined))) return { status: 404, body: 'no such folder' };
    if (method === 'PUT') {
      if (found) return { status: 409, body: 'exists' };
      await mkdir(path);
      return { status: 201 };
    }
    const file = await readFormFile(headers['content-type'] ?? '', body);
    if (!file) return { status: 400, body: 'the multipart field "file" is missing' };
    await writeFile(path, file);
    return { status: 200 };
  }

  private async userSecrets([name]: readonly string[], { method, json }: Asked): Promise<Answer> {
    if (method === 'GET') return { status: 200, body: [...this.secrets.keys()].map((key) => ({ name: key })) };
    if (method === 'DELETE') return { status: this.secrets.delete(name ?? '') ? 200 : 404 };
    for (const secret of check(newSecretsSchema, json)) {
      if (this.secrets.has(secret.name)) return { status: 409, body: `${secret.name} exists` };
      this.secrets.set(secret.name, secret.value);
    }
    return { status: 200 };
  }

  private async deployments([name, part]: readonly string[], { method, json }: Asked): Promise<Answer> {
    if (name === undefined) return this.create(json);
    const endpoint = this.endpoints.get(name);
    if (!endpoint) return { status: 404, body: `no deployment ${name}` };
    if (part === 'readiness') return { status: 200, body: { [`${name}-0`]: this.readiness ? [this.readiness] : [] } };
    if (method === 'GET') {
      await endpoint.started;
      return { status: 200, body: this.describe(name, endpoint) };
    }
    if (method === 'DELETE') {
      await stopChild(endpoint);
      this.endpoints.delete(name);
      return { status: 200 };
    }
    const { spec } = check(patchSchema, json);
    endpoint.spec = merge(endpoint.spec, spec);
    endpoint.started = this.start(name, endpoint);
    await endpoint.started;
    return { status: 200 };
  }

  private async create(json: unknown): Promise<Answer> {
    const { metadata, spec } = check(createSchema, json);
    if (this.endpoints.has(metadata.id)) return { status: 409, body: 'exists' };
    const endpoint: Endpoint = { spec, startsFor: 2, url: undefined, started: Promise.resolve(), child: undefined };
    this.endpoints.set(metadata.id, endpoint);
    endpoint.started = this.start(metadata.id, endpoint);
    await endpoint.started;
    return { status: 201 };
  }

  /** Runs the mounted folder's server as the container would. */
  private async start(name: string, endpoint: Endpoint): Promise<void> {
    await stopChild(endpoint);
    const { spec } = endpoint;
    endpoint.startsFor = 2;
    if (spec.resource_requirement?.min_replicas === 0) return;
    const [mount] = spec.mounts ?? [];
    const [command, script] = spec.container?.command ?? [];
    if (!mount || command !== 'node' || script !== `${mount.mount_path}/server.mjs`) throw new Error('bad command');
    const folder = join(this.root, mount.path);
    const own = Object.fromEntries((spec.envs ?? []).map((env) => [env.name, env.value]));
    const env = { PATH: process.env.PATH, ...own, HOST: '127.0.0.1', PORT: '0', MODEL_DIR: folder };
    const child = spawn(process.execPath, [join(folder, 'server.mjs')], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    endpoint.child = child;
    for await (const line of createInterface({ input: child.stdout })) {
      endpoint.url = /http:\/\/[^/]+/.exec(line)?.[0];
      if (endpoint.url) return;
    }
    throw new Error(`${name} did not start`);
  }

  private describe(name: string, endpoint: Endpoint): object {
    const state = this.stuckIn ?? this.stateOf(endpoint);
    return {
      metadata: { id: name, name, created_at: 1, version: 1, visibility: 'private' },
      // Servers fill in what was left out and never repeat tokens.
      spec: { ...endpoint.spec, api_tokens: [{ value: '***' }], health: { liveness: null }, is_pod: false },
      status: {
        state,
        endpoint: { internal_endpoint: '', external_endpoint: `http://127.0.0.1:${this.port}/live/${name}` },
      },
    };
  }

  private stateOf(endpoint: Endpoint): string {
    if (endpoint.spec.resource_requirement?.min_replicas === 0) return 'Stopped';
    if (endpoint.startsFor === 0) return 'Ready';
    endpoint.startsFor -= 1;
    return 'Starting';
  }

  private async predict(name: string, path: string, { method, headers, body }: Asked): Promise<Answer> {
    const endpoint = this.endpoints.get(name);
    if (!endpoint?.url) return { status: 503, body: 'no replica' };
    const tokens = (endpoint.spec.api_tokens ?? []).map(({ value }) => `Bearer ${value}`);
    if (!tokens.includes(headers.authorization ?? '')) return { status: 401, body: `not ${headers.authorization}` };
    const sent = method === 'GET' ? {} : { body: new Uint8Array(body) };
    const answer = await fetch(`${endpoint.url}${path}`, { method, ...sent });
    return { status: answer.status, body: await answer.text() };
  }
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly json: unknown;
}

function check<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Error(`The body is not as the interface takes it: ${parsed.error.message}`);
  return parsed.data;
}

async function readFormFile(contentType: string, body: Buffer): Promise<Uint8Array | undefined> {
  if (!contentType.startsWith('multipart/form-data')) return undefined;
  const headers = { 'content-type': contentType };
  const form = await new Response(new Uint8Array(body), { headers }).formData();
  const file = form.get('file');
  return file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : undefined;
}

function merge<T extends object>(before: T, change: T): T {
  const entries = Object.entries(change).map(([key, value]) => {
    const old = (before as Readonly<Record<string, unknown>>)[key];
    return [key, isPlain(old) && isPlain(value) ? merge(old, value) : value];
  });
  // The same fields, each with one of its two values.
  return { ...before, ...Object.fromEntries(entries) } as T;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function stopChild(endpoint: Endpoint): Promise<void> {
  const { child } = endpoint;
  endpoint.url = undefined;
  endpoint.child = undefined;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
