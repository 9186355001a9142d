import { type Problem, ProblemError, problem } from '../../../src-shared/problem';
import type { AllowedUses } from '../../../src-shared/secret-use';
import type { Text } from '../../../src-shared/text';
import { diskProblem } from '../../files/disk-problem';
import { type FsPort, isDiskError } from '../../files/fs-port';
import type { Environment, StepContext } from './define-target';
import { asTransient, waiter } from './retry';

/** What a deployment reaches the world with. */
export interface Reach {
  readonly fs: FsPort;
  /** Where deployments note how far they came. */
  readonly stateFolder: string;
  readonly env: Environment;
  /** What secrets may be used for: nothing else is done with them. */
  readonly allowed: AllowedUses;
  readonly signal: AbortSignal;
  /** Told whenever a host is talked to; what it returns is called when that is over. */
  readonly onTalk?: (talk: { readonly to: string; readonly what: Text }) => () => void;
  readonly fetch?: typeof fetch;
  readonly wait?: StepContext['wait'];
  readonly random?: () => number;
}

/** What a step can reach while it does `what`. */
export function stepContext(
  { fs, signal, onTalk, ...reach }: Reach,
  { what, ...own }: Pick<StepContext, 'state' | 'secrets' | 'onProgress'> & { readonly what: Text },
): StepContext {
  const talk = (to: string) => onTalk?.({ to, what }) ?? (() => undefined);
  return {
    ...own,
    signal,
    fs,
    talk,
    fetch: counted(reach.fetch ?? fetch, talk),
    wait: reach.wait ?? waiter(signal),
    random: reach.random ?? Math.random,
  };
}

/** A `fetch` that says whom it talks to until the answer was read to its end. */
function counted(send: typeof fetch, talk: StepContext['talk']): typeof fetch {
  return async (input, init) => {
    const over = talk(new URL(input instanceof Request ? input.url : input).host);
    try {
      const response = await send(input, init);
      const body = await response.arrayBuffer();
      const { status, statusText, headers } = response;
      return new Response(hasBody(status) ? body : null, { status, statusText, headers });
    } finally {
      over();
    }
  };
}

/** Answers of these statuses may have none. */
function hasBody(status: number): boolean {
  return ![204, 205, 304].includes(status);
}

/** Nothing of an unknown error but its sentence is told: it may hold requests with their headers. */
export function deployProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (isDiskError(error) && !asTransient(error)) return diskProblem(error);
  return problem('deploy-failed', { message: error instanceof Error ? error.message : String(error) });
}
