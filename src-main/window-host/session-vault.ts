import type { Vault } from '../ipc/native';

/** Secrets in this process's memory alone, for hosts without a keychain that really encrypts: gone when it ends. */
export function createSessionVault(): Vault {
  const values = new Map<string, string>();
  return {
    isLasting: false,
    list: async () => [...values.keys()].sort().map((name) => ({ name, from: 'session' })),
    get: async (name) => values.get(name),
    set: async (name, value) => {
      values.set(name, value);
      return { name, from: 'session' };
    },
    remove: async (name) => {
      values.delete(name);
    },
  };
}
