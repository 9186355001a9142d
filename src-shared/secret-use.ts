import { type Problem, problem } from './problem';

/** That the secret of this name goes to this host, for a deployment to this target. Never a value. */
export interface SecretUse {
  readonly secret: string;
  readonly target: string;
  /** As URLs have it, with the port where there is one. */
  readonly host: string;
}

/** Uses that a person has agreed to; `typed` where target and settings are the person's own words. */
export type AllowedUses = 'typed' | readonly SecretUse[];

/** Those of the uses that nobody has agreed to. */
export function unaskedUses(uses: readonly SecretUse[], allowed: AllowedUses): SecretUse[] {
  if (allowed === 'typed') return [];
  return uses.filter((use) => !allowed.some((each) => isSameUse(each, use)));
}

export function isSameUse(a: SecretUse, b: SecretUse): boolean {
  return a.secret === b.secret && a.target === b.target && a.host === b.host;
}

/** What a person is asked: all secrets that wait for the same answer; undefined where none does. */
export function newUseProblem(unasked: readonly SecretUse[]): Problem | undefined {
  const [first] = unasked;
  if (!first) return undefined;
  const { target, host } = first;
  const together = unasked.filter((use) => use.target === target && use.host === host);
  const names = [...new Set(together.map(({ secret }) => secret))];
  const flags = names.map((name) => `--allow-secret ${name}@${host}`).join(' ');
  return problem('secret-use-new', { secrets: names.join(', '), target, host, flags });
}

/** The uses that such a problem asks for. */
export function usesAskedFor({ code, values = {} }: Problem): SecretUse[] {
  if (code !== 'secret-use-new') return [];
  const { secrets, target, host } = values;
  return String(secrets)
    .split(', ')
    .map((secret) => ({ secret, target: String(target), host: String(host) }));
}
