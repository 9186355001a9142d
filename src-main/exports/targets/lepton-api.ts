import { z } from 'zod';
import { fail } from '../../../src-shared/problem';
import type { StepContext } from './define-target';
import { asTransient, parseRetryAfter, TransientError, withRetries } from './retry';

/** A workspace's REST interface: where it is, how it is asked. */
export interface Workspace {
  /** `https://gateway…/api/v2/workspaces/ID`, no slash at the end. */
  readonly url: string;
  readonly origin: string;
  /** Name of the variable that holds the token. */
  readonly tokenVariable: string;
}

export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the workspace, or a whole URL for the endpoint itself. */
  readonly path: string;
  readonly json?: unknown;
  /** A multipart body; made anew for every try. */
  readonly form?: () => FormData;
  /** Statuses that are answers, beside 2xx. */
  readonly accept?: readonly number[];
}

export interface Answer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** A token goes over the network only encrypted; on this machine itself it may go plain. */
export function isSafeUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username } = new URL(url);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && isLocal));
}

const answerLimit = 120_000;

/**
 * Asks a workspace, again where it is busy or the connection breaks.
 * @throws ProblemError `deploy-unauthorized`, `deploy-refused`, `deploy-unreachable`
 */
export function askWorkspace(context: StepContext, workspace: Workspace, request: Request): Promise<Answer> {
  const token = context.secrets.get(workspace.tokenVariable) ?? '';
  const headers = { authorization: `Bearer ${token}`, origin: workspace.origin };
  return askHttp(context, { ...request, url: `${workspace.url}${request.path}`, headers });
}

/** The same for any URL. Redirects are refused: they would carry the token elsewhere. */
export async function askHttp(
  context: StepContext,
  request: Omit<Request, 'path'> & { readonly url: string; readonly headers: Readonly<Record<string, string>> },
): Promise<Answer> {
  const { host, pathname } = new URL(request.url);
  const what = `${request.method} ${pathname}`;
  const answer = await withRetries(() => send(context, request), context).catch((error: unknown) => {
    context.signal.throwIfAborted();
    const transient = asTransient(error);
    const message = transient?.message ?? (error instanceof Error ? error.message : String(error));
    return fail('deploy-unreachable', { host, message: `${what}: ${message}` });
  });
  const { status } = answer;
  if ((status >= 200 && status < 300) || request.accept?.includes(status)) return answer;
  const message = textOf(answer).slice(0, 500);
  if (status === 401 || status === 403) return fail('deploy-unauthorized', { host, status, message });
  return fail('deploy-refused', { host, what, status, message });
}

async function send(
  { fetch, signal }: StepContext,
  { method, url, headers, json, form }: Parameters<typeof askHttp>[1],
): Promise<Answer> {
  const body = form ? form() : json === undefined ? undefined : JSON.stringify(json);
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body }),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerLimit)]),
  });
  const answer = { status: response.status, body: new Uint8Array(await response.arrayBuffer()) };
  if (response.status === 429 || response.status >= 500) {
    const retryAfter = parseRetryAfter(response.headers.get('retry-after'), Date.now());
    throw new TransientError(`status ${response.status} ${textOf(answer).slice(0, 500)}`.trim(), retryAfter);
  }
  return answer;
}

export function textOf({ body }: Answer): string {
  return new TextDecoder().decode(body).trim();
}

/** An answer's JSON in a known form. */
export function jsonOf<T>(answer: Answer, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(textOf(answer)));
  } catch {
    return fail('deploy-failed', { message: `The answer cannot be read: ${textOf(answer).slice(0, 200)}` });
  }
}

export const workspaceSchema = z.object({ workspace_state: z.string().optional() });

export const deploymentSchema = z.object({
  metadata: z.object({ name: z.string().optional(), id: z.string().optional() }).optional(),
  spec: z
    .object({ envs: z.array(z.object({ name: z.string(), value: z.string().optional() })).nullish() })
    .catchall(z.unknown())
    .optional(),
  status: z
    .object({
      state: z.string().optional(),
      phase: z.string().nullish(),
      endpoint: z.object({ external_endpoint: z.string().optional() }).optional(),
    })
    .optional(),
});
export type Deployment = z.infer<typeof deploymentSchema>;

export const readinessSchema = z.record(
  z.string(),
  z.array(z.object({ reason: z.string(), message: z.string().optional() })),
);

export const secretsSchema = z.array(z.object({ name: z.string() }));
