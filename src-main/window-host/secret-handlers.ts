import type { AskOf, RequestName } from '../../src-shared/ipc';
import { isVariableName } from '../../src-shared/nodes/deploy/target-params';
import { fail } from '../../src-shared/problem';
import { lookupTarget } from '../exports/targets/catalog';
import { checkConfig, environmentOf } from '../exports/targets/check-config';
import { usesOf } from '../exports/targets/secret-uses';
import type { HandlerGroup } from '../ipc/handlers';
import type { Vault } from '../ipc/native';
import type { AllowedSecretUses } from '../settings/allowed-secret-uses';
import { vaultEnvironment } from './vault-environment';

type SecretRequest = Extract<RequestName, `secret:${string}`>;

/** Where secrets come from. Values go in and never come out. */
export function secretHandlers({
  vault,
  env,
  allowed,
}: {
  readonly vault: Vault;
  readonly env: NodeJS.ProcessEnv;
  readonly allowed: AllowedSecretUses;
}): HandlerGroup<SecretRequest> {
  const own = environmentOf(env);
  const purposes = async (purpose: NonNullable<AskOf<'secret:set'>['purpose']>) => {
    const target = lookupTarget(purpose.target);
    const { config } = checkConfig(target, purpose.config);
    return config ? usesOf(target, { config, env: await vaultEnvironment(vault, env, target.variables(config)) }) : [];
  };
  return {
    handlers: {
      'secret:list': async ({ names }) => {
        const kept = new Map((await vault.list()).map((secret) => [secret.name, secret]));
        const asked = [...new Set(names)].filter(isVariableName);
        return asked.flatMap((name) => {
          const secret = kept.get(name);
          if (secret) return [{ name, from: secret.from }];
          return own(name) === undefined ? [] : [{ name, from: 'environment' as const }];
        });
      },
      'secret:set': async ({ name, value, purpose }) => {
        if (!isVariableName(name)) fail('secret-name-invalid');
        if (value === '') fail('secret-empty');
        // Nothing that the old value was allowed for holds for the new one, whatever fails after this.
        await allowed.begin(name, []);
        const { from } = await vault.set(name, value);
        const uses = purpose ? await purposes(purpose) : [];
        await allowed.allow(uses.filter(({ secret }) => secret === name));
        return { name, from };
      },
      'secret:remove': async ({ name }) => {
        await allowed.begin(name, []);
        await vault.remove(name);
        return {};
      },
      'secret:allow': async ({ uses }) => {
        await allowed.allow(uses);
        return {};
      },
    },
  };
}
