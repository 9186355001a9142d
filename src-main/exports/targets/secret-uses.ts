import { ProblemError } from '../../../src-shared/problem';
import { type AllowedUses, newUseProblem, type SecretUse, unaskedUses } from '../../../src-shared/secret-use';
import type { Settings, Target } from './define-target';

/** Which secrets go to which hosts with these settings; only secrets that are there. */
export function usesOf(target: Target, settings: Settings): SecretUse[] {
  const names = Object.entries(target.params).flatMap(([name, { type }]) =>
    type === 'secret' ? [String(settings.config[name])] : [],
  );
  const present = [...new Set(names)].filter((name) => settings.env(name) !== undefined);
  if (present.length === 0) return [];
  const hosts = [...new Set(target.hosts(settings))];
  return hosts.flatMap((host) => present.map((secret) => ({ secret, target: target.name, host })));
}

/** @throws ProblemError `secret-use-new` where a secret would go where nobody has agreed to */
export function refuseNewUses(target: Target, settings: Settings, allowed: AllowedUses): void {
  const found = newUseProblem(unaskedUses(usesOf(target, settings), allowed));
  if (found) throw new ProblemError(found);
}

/** The host of an address; none where it is no address, which the settings' check says. */
export function hostsOf(url: string): string[] {
  return URL.canParse(url) ? [new URL(url).host] : [];
}
