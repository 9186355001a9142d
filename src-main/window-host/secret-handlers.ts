import { isVariableName } from '../../src-shared/nodes/deploy/target-params';
import { fail } from '../../src-shared/problem';
import { environmentOf } from '../exports/targets/check-config';
import type { HandlerGroup } from '../ipc/handlers';
import type { Vault } from '../ipc/native';

type SecretRequest = 'secret:list' | 'secret:set' | 'secret:remove';

/** Where secrets come from. Values go in and never come out. */
export function secretHandlers({
  vault,
  env,
}: {
  readonly vault: Vault;
  readonly env: NodeJS.ProcessEnv;
}): HandlerGroup<SecretRequest> {
  const own = environmentOf(env);
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
      'secret:set': async ({ name, value }) => {
        if (!isVariableName(name)) fail('secret-name-invalid');
        if (value === '') fail('secret-empty');
        const { from } = await vault.set(name, value);
        return { name, from };
      },
      'secret:remove': async ({ name }) => {
        await vault.remove(name);
        return {};
      },
    },
  };
}
