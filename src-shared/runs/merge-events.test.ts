import { describe, expect, it } from 'vitest';
import { mergeEvents } from './merge-events';
import type { RunEvent, RunEventBody } from './run-event';
import { foldEvents, noRun } from './run-state';

function number(bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body, i) => ({ ...body, run: 'r', seq: i + 1, at: '2026-01-01T00:00:00Z' }));
}

const training = (node: string, step: number): RunEventBody => {
  const pace = { metrics: { accuracy: step }, rate: 1, unit: 'rows', remaining: 0 };
  return { type: 'training-progress', node, epoch: 1, epochs: 1, step, steps: 500, loss: [1 / step], ...pace };
};

describe('mergeEvents', () => {
  it('makes one message a node of progress that follows each other, with every loss', () => {
    const events = number(Array.from({ length: 500 }, (_, i) => training(i % 2 === 0 ? 'a' : 'b', i + 1)));
    const merged = mergeEvents(events);
    expect(merged.map(({ seq }) => seq)).toEqual([499, 500]);
    expect(merged.map((event) => event.type === 'training-progress' && event.loss.length)).toEqual([250, 250]);
  });

  it('leaves what a fold of the events says as it is', () => {
    const bodies: RunEventBody[] = [{ type: 'step-started', node: 'a' }];
    for (let step = 1; step < 50; step++) {
      bodies.push(training('a', step), { type: 'progress', node: 'b', done: step, total: 50, unit: 'rows' });
      if (step % 20 === 0)
        bodies.push({ type: 'epoch-finished', node: 'a', epoch: step / 20, metrics: {}, seconds: 1 });
    }
    bodies.push({ type: 'step-finished', node: 'a', state: 'done', seconds: 1 });
    const events = number(bodies);
    const merged = mergeEvents(events);
    expect(merged.length).toBeLessThan(12);
    expect(foldEvents(noRun, merged)).toEqual(foldEvents(noRun, events));
    const seqs = merged.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });
});
