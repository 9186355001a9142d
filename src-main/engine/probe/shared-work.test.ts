import { describe, expect, it } from 'vitest';
import { SharedWork } from './shared-work';

/** Work that ends when it is told to, or when it is stopped. */
function openWork() {
  const shared = new SharedWork<string>();
  const starts: AbortSignal[] = [];
  let finish: (text: string) => void = () => undefined;
  const ask = (signal?: AbortSignal) =>
    shared.ask('key', signal, (stop) => {
      starts.push(stop);
      return new Promise((resolve, reject) => {
        finish = resolve;
        stop.addEventListener('abort', () => reject(stop.reason));
      });
    });
  return { ask, starts, finish: (text: string) => finish(text) };
}

describe('shared work', () => {
  it('is done once for all who ask while it runs', async () => {
    const { ask, starts, finish } = openWork();
    const both = [ask(), ask()];
    finish('read');
    expect(await Promise.all(both)).toEqual(['read', 'read']);
    expect(starts).toHaveLength(1);
  });

  it('goes on for those who stay, and stops with the last one', async () => {
    const { ask, starts } = openWork();
    const [first, second] = [new AbortController(), new AbortController()];
    const asked = [ask(first.signal), ask(second.signal)];
    first.abort();
    await expect(asked[0]).rejects.toThrow('aborted');
    expect(starts[0]?.aborted).toBe(false);
    second.abort();
    await expect(asked[1]).rejects.toThrow('aborted');
    expect(starts[0]?.aborted).toBe(true);
  });

  it('begins anew after it was stopped', async () => {
    const { ask, starts, finish } = openWork();
    const stop = new AbortController();
    const stopped = ask(stop.signal);
    stop.abort();
    await expect(stopped).rejects.toThrow();
    const again = ask();
    finish('read');
    expect(await again).toBe('read');
    expect(starts).toHaveLength(2);
  });
});
