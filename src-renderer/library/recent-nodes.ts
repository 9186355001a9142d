import { create } from 'zustand';

const most = 4;
const key = 'modelyard.recentNodes';

/** Kinds that were added last in this window, newest first. */
export const useRecentNodes = create<{ readonly kinds: readonly string[] }>(() => ({ kinds: stored() }));

export function noteRecent(kind: string): void {
  const kinds = [kind, ...useRecentNodes.getState().kinds.filter((each) => each !== kind)].slice(0, most);
  useRecentNodes.setState({ kinds });
  try {
    localStorage.setItem(key, kinds.join(' '));
  } catch {
    // Remembered until the window closes, then.
  }
}

function stored(): string[] {
  try {
    return (localStorage.getItem(key) ?? '').split(' ').filter(Boolean).slice(0, most);
  } catch {
    return [];
  }
}
