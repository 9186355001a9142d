import { isProblem, type Problem } from '../../../src-shared/problem';

/** Shorter texts are no secrets, and taking them out would garble everything. */
const shortest = 4;

/**
 * Secrets of one deployment: read from the environment when they are needed, never kept elsewhere, and taken out of
 * every text that leaves the deployment, so that a server that repeats a token in its complaint gives nothing away.
 */
export class Secrets {
  private readonly known = new Map<string, string>();

  constructor(private readonly env: (name: string) => string | undefined) {}

  /** The value of a variable; undefined where it is not set. From then on it is hidden. */
  get(name: string): string | undefined {
    const value = this.env(name);
    if (value !== undefined) this.hide(name, value);
    return value;
  }

  /** Hides a value that does not stand in the environment, e.g. a derived one. */
  hide(name: string, value: string): void {
    if (value.length >= shortest) this.known.set(value, name);
  }

  /** The text without any secret, however it was written into it. */
  redact(text: string): string {
    // Long values first: one may be part of another.
    const values = [...this.known].sort(([a], [b]) => b.length - a.length);
    return values.reduce((left, [value, name]) => {
      return writings(value).reduce((rest, written) => rest.replaceAll(written, `[${name}]`), left);
    }, text);
  }

  /** The same for every text inside plain data. */
  redactData<T>(data: T): T {
    const walk = (value: unknown): unknown => {
      if (typeof value === 'string') return this.redact(value);
      if (Array.isArray(value)) return value.map(walk);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [this.redact(key), walk(inner)]));
    };
    // Only texts change, and they stay texts.
    return walk(data) as T;
  }

  redactProblem(problem: Problem): Problem {
    const redacted = this.redactData(problem);
    return isProblem(redacted) ? redacted : problem;
  }
}

/** How a secret may stand in a text: as it is, in a URL, in JSON, in base64. */
function writings(value: string): string[] {
  const base64 = Buffer.from(value, 'utf8').toString('base64');
  const all = [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), base64.replace(/=+$/, '')];
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}
