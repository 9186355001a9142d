import { useSyncExternalStore } from 'react';

/** Whether the dark theme is on, by choice or with the system. */
export function useIsDark(): boolean {
  return useSyncExternalStore(watchTheme, () => document.documentElement.dataset.theme === 'dark');
}

function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
