import { limits } from '../../src-shared/document/read-json';
import { type RequestName, requestNames } from '../../src-shared/ipc';
import { requestSchemas } from '../../src-shared/ipc-schemas';
import { isPlainData } from '../../src-shared/plain-data';
import { type Problem, ProblemError, problem } from '../../src-shared/problem';
import type { HostAnswer } from '../../src-shared/shell-link';
import { diskProblem } from '../files/disk-problem';
import { isDiskError } from '../files/fs-port';
import type { Client, Handlers } from './handlers';

/** A handler once the name is only known at run time. */
type AnyHandler = (ask: unknown, client: Client) => Promise<unknown>;

export interface Incoming {
  readonly name: unknown;
  readonly ask: unknown;
  readonly client: Client;
}

export interface DispatchOptions {
  /** Told of every error that is no problem of a person's, in full. */
  readonly onFault: (error: unknown, request: string) => void;
}

/** A document at its deepest, inside a patch of an ask. */
const askLimits = { depth: limits.depth + 8, values: 20_000_000 };

/** Answers whatever a window sends; never rejects. Nothing reaches a handler before name and ask were checked. */
export async function dispatch(
  handlers: Handlers,
  { name, ask, client }: Incoming,
  { onFault }: DispatchOptions,
): Promise<HostAnswer> {
  if (!isRequestName(name)) return refuse(problem('request-unknown', { request: nameForPeople(name) }));
  try {
    const checked = checkAsk(name, ask);
    if ('problem' in checked) return refuse(checked.problem);
    // The schema of this name has just said that the ask is this handler's.
    return { ok: true, value: await (handlers[name] as AnyHandler)(checked.ask, client) };
  } catch (error) {
    const known = personsProblem(error);
    if (!known) onFault(error, name);
    return refuse(known ?? problem('host-failed', { request: name }));
  }
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requestNames, name);
}

function checkAsk(name: RequestName, ask: unknown): { readonly ask: unknown } | { readonly problem: Problem } {
  if (!isPlainData(ask, askLimits)) return { problem: problem('request-invalid', { request: name, place: '—' }) };
  const parsed = requestSchemas[name].safeParse(ask);
  if (parsed.success) return { ask: parsed.data };
  const place = parsed.error.issues[0]?.path.map(String).join(' › ').slice(0, 200) || '—';
  return { problem: problem('request-invalid', { request: name, place }) };
}

function personsProblem(error: unknown): Problem | undefined {
  if (error instanceof ProblemError) return error.problem;
  return isDiskError(error) ? diskProblem(error) : undefined;
}

function nameForPeople(name: unknown): string {
  return typeof name === 'string' ? name.slice(0, 100) : typeof name;
}

function refuse(found: Problem): HostAnswer {
  return { ok: false, problem: found };
}
