import { environmentOf } from '../exports/targets/check-config';
import type { Environment } from '../exports/targets/define-target';
import type { Vault } from '../ipc/native';

/** The variables of these names: those that the vault keeps, then the environment's own. Nothing else is read. */
export async function vaultEnvironment(
  vault: Vault,
  env: NodeJS.ProcessEnv,
  names: readonly string[],
): Promise<Environment> {
  const kept = await keptSecrets(vault, names);
  const own = environmentOf(env);
  return (name) => kept.get(name) ?? (names.includes(name) ? own(name) : undefined);
}

/** What the vault keeps of these names; an empty value counts as absent. */
export async function keptSecrets(vault: Vault, names: readonly string[]): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  for (const name of new Set(names)) {
    const value = await vault.get(name);
    if (value !== undefined && value !== '') kept.set(name, value);
  }
  return kept;
}
