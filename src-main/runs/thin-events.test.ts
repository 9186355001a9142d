import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src-shared/runs/run-event';
import { foldEvents, noRun } from '../../src-shared/runs/run-state';
import { thinEvents } from './thin-events';

const base = { run: 'r', at: '2026-01-01T00:00:00Z' };

function training(seq: number, loss: readonly number[]): RunEvent {
  const pace = { metrics: {}, rate: 1, unit: 'rows', remaining: 0 };
  return {
    ...base,
    ...pace,
    type: 'training-progress',
    node: 'a',
    seq,
    epoch: 1,
    epochs: 1,
    step: seq,
    steps: 9,
    loss,
  };
}

describe('thinEvents', () => {
  it('gathers training steps and keeps every loss of an ordinary run', () => {
    const events: RunEvent[] = [
      { ...base, type: 'step-started', node: 'a', seq: 1 },
      ...Array.from({ length: 500 }, (_, i) => training(i + 2, [1 / (i + 1)])),
      { ...base, type: 'step-finished', node: 'a', seq: 502, state: 'done', seconds: 1 },
    ];
    const thin = thinEvents(events);
    expect(thin.map(({ type }) => type)).toEqual(['step-started', 'training-progress', 'step-finished']);
    const [full, less] = [events, thin].map((list) => foldEvents(noRun, list).nodes.a);
    expect(less?.loss.steps).toBe(500);
    expect(less?.loss.last).toBeCloseTo(full?.loss.last ?? 0, 4);
    expect(less?.training).toEqual(full?.training);
  });

  it('stays under five megabytes, and never loses the step that broke', () => {
    const losses = Array.from({ length: 400_000 }, (_, i) => (i === 399_998 ? Number.NaN : Math.exp(-i / 1e5)));
    const logs = Array.from({ length: 50_000 }, (_, i): RunEvent => {
      return { ...base, type: 'log', node: 'a', level: 'info', seq: i + 2, message: `${'x'.repeat(100)} ${i}` };
    });
    const thin = thinEvents([training(1, losses), ...logs]);
    expect(JSON.stringify(thin).length).toBeLessThan(5_000_000);
    expect(thin.at(-1)).toMatchObject({ type: 'log', seq: 50_001 });
    expect(foldEvents(noRun, thin).nodes.a?.loss.firstBad).toBeDefined();
  });
});
