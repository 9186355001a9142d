import { useEffect, useState } from 'react';
import { orTell } from './tell';

/** A list that the host has, asked for when a component appears; `set` for what a later answer says. */
export function useHostList<T>(load: () => Promise<readonly T[]>): {
  readonly list: readonly T[] | undefined;
  readonly set: (list: readonly T[]) => void;
} {
  const [list, set] = useState<readonly T[]>();
  // Asked once: what changes later comes with the answer to what was done.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is written in place and means the same every time.
  useEffect(() => {
    let isShown = true;
    void orTell(load()).then((found) => isShown && set(found ?? []));
    return () => {
      isShown = false;
    };
  }, []);
  return { list, set };
}
