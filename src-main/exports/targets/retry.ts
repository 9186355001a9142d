/** How long a deployment waits and when it gives up; tests hand in clocks of their own. */
export interface Patience {
  readonly signal: AbortSignal;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
}

/** A failure that may pass: the connection broke, or the server is busy or broken. */
export class TransientError extends Error {
  constructor(
    message: string,
    /** Milliseconds that the server asked to wait. */
    readonly retryAfter?: number,
  ) {
    super(message);
    this.name = 'TransientError';
  }
}

const maxTries = 5;
const longestWait = 30_000;
/** A server that asks for more than this is not waited for longer. */
const longestRetryAfter = 120_000;

/** Runs `work` up to five times, as long as it fails with what may pass. */
export async function withRetries<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  for (let tried = 1; ; tried++) {
    patience.signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      patience.signal.throwIfAborted();
      const transient = asTransient(error);
      if (!transient || tried >= maxTries) throw error;
      await patience.wait(waitBefore(tried, patience.random, transient.retryAfter));
    }
  }
}

/** Whether the SDK's or our own `tried`-th attempt may be followed by another. */
export function mayTryAgain(tried: number): boolean {
  return tried < maxTries;
}

/**
 * Milliseconds before the next try: exponential from half a second, half of it random, so that many clients do not
 * come back at once; never less than the server asked for.
 */
export function waitBefore(tried: number, random: () => number, retryAfter = 0): number {
  const backoff = Math.min(longestWait, 500 * 2 ** (tried - 1));
  return Math.max(backoff * (0.5 + random() / 2), Math.min(retryAfter, longestRetryAfter));
}

/** `Retry-After`: seconds or a date; undefined where there is none. */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  if (header === null || header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

const transientCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** The error where it may pass, with what hides behind `cause`; undefined for one that will not. */
export function asTransient(error: unknown): TransientError | undefined {
  if (error instanceof TransientError) return error;
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'TimeoutError') return new TransientError('It did not answer in time.');
  if ('code' in error && typeof error.code === 'string' && transientCodes.has(error.code)) {
    return new TransientError(error.message);
  }
  return asTransient(error.cause);
}

/** Waits by the clock. */
export function waiter(signal: AbortSignal): Patience['wait'] {
  return (milliseconds) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const stop = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      }, milliseconds);
      signal.addEventListener('abort', stop, { once: true });
    });
}
