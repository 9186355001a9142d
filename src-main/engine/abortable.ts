/**
 * What `work` gives, or the signal's reason as soon as nobody waits for it any more; the work itself is stopped by
 * `stop`, if by anything.
 */
export async function abortable<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  stop: () => void = () => undefined,
): Promise<T> {
  if (!signal) return work;
  let leave: () => void = () => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => {
      stop();
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work, left]);
  } finally {
    // One signal may serve many pieces of work.
    signal.removeEventListener('abort', leave);
  }
}
