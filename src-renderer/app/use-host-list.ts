import { useEffect, useState } from 'react';
import { orTell } from './tell';

/**
 * A list that the host has, asked for when a component appears, and again every so often where `every` says so (in
 * milliseconds); `set` for what a later answer says.
 */
export function useHostList<T>(
  load: () => Promise<readonly T[]>,
  { every }: { readonly every?: number } = {},
): {
  readonly list: readonly T[] | undefined;
  readonly set: (list: readonly T[]) => void;
} {
  const [list, set] = useState<readonly T[]>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is written in place and means the same every time.
  useEffect(() => {
    let isShown = true;
    // A look again that fails is no news.
    const again = () =>
      void load().then(
        (found) => isShown && set(found),
        () => undefined,
      );
    void orTell(load()).then((found) => isShown && set(found ?? []));
    const timer = every === undefined ? undefined : setInterval(again, every);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, []);
  return { list, set };
}
