import { useEffect, useState } from 'react';

/** The same object as long as `key` is the same. */
export function useKept<T>(value: T, key: string): T {
  const [kept, setKept] = useState({ value, key });
  if (kept.key === key) return kept.value;
  setKept({ value, key });
  return value;
}

/** Follows a value that changes fast, at most once in `pause` milliseconds; the last one always arrives. */
export function useCalm<T>(value: T, pause: number): T {
  const [calm, setCalm] = useState({ value, at: 0 });
  useEffect(() => {
    const wait = Math.max(0, calm.at + pause - performance.now());
    const timer = setTimeout(() => setCalm({ value, at: performance.now() }), wait);
    return () => clearTimeout(timer);
  }, [value, pause, calm.at]);
  return calm.value;
}
