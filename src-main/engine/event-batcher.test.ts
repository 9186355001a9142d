import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../src-shared/runs/run-event';
import { EventBatcher } from './event-batcher';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

function openBatcher() {
  const batches: (readonly RunEvent[])[] = [];
  const batcher = new EventBatcher<RunEvent>((events) => batches.push(events));
  const event = (seq: number): RunEvent => {
    return { type: 'step-started', node: `n${seq}`, run: 'r', seq, at: '2026-01-01T00:00:00Z' };
  };
  return { batches, batcher, add: (seq: number) => batcher.add(event(seq)) };
}

describe('EventBatcher', () => {
  it('sends the first event at once', () => {
    const { batches, add } = openBatcher();
    add(1);
    expect(batches).toHaveLength(1);
  });

  it('makes of 5,000 events a second ten batches at most, and loses none', () => {
    const { batches, batcher, add } = openBatcher();
    for (let seq = 1; seq <= 10_000; seq++) {
      add(seq);
      vi.advanceTimersByTime(0.2);
    }
    expect(batches.length).toBeLessThanOrEqual(21);
    batcher.flush();
    expect(batches.flat().map(({ seq }) => seq)).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1));
  });
});
