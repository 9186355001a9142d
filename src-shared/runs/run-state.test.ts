import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problem } from '../problem';
import { addLosses, emptyHistory, maxBuckets } from './loss-history';
import { explainReason } from './reason-text';
import type { RunEvent, RunEventBody } from './run-event';
import { foldEvent, foldEvents, noRun } from './run-state';

const journal = (bodies: readonly RunEventBody[], run = 'r-1'): RunEvent[] =>
  bodies.map((body, seq) => ({ ...body, run, seq, at: '2026-11-23T21:15:30Z' }));

const training = (step: number, loss: number[]): RunEventBody => ({
  type: 'training-progress',
  node: 'train',
  epoch: 1,
  epochs: 5,
  step,
  steps: 1875,
  loss,
  metrics: { accuracy: 0.9 },
  rate: 6740,
  unit: 'images/s',
  remaining: 43,
});

const events = journal([
  { type: 'run-started', document: 'sha256:0', seed: 42, backend: 'native', name: 'digits' },
  { type: 'step-planned', node: 'digits', state: 'cached', reason: { code: 'same-inputs' } },
  { type: 'step-planned', node: 'train', state: 'run', reason: { code: 'first-run' }, estimate: { seconds: 41 } },
  { type: 'step-started', node: 'train' },
  training(1, [2]),
  training(3, [1, 0.5]),
  { type: 'epoch-finished', node: 'train', epoch: 1, metrics: { loss: 0.4 }, seconds: 8 },
  { type: 'checkpoint-saved', node: 'train', epoch: 1, step: 1875, hash: 'sha256:1' },
  { type: 'progress', node: 'train', done: 1, total: 5, unit: 'epochs' },
  { type: 'log', node: 'train', level: 'info', message: 'Compiled.' },
  { type: 'problem', node: 'train', problem: problem('file-empty') },
  { type: 'problem', problem: problem('file-binary') },
  { type: 'step-finished', node: 'train', state: 'done', seconds: 44 },
  { type: 'run-finished', state: 'done', seconds: 52 },
]);

describe('foldEvents', () => {
  it('tells what a run came to', () => {
    const state = foldEvents(noRun, events);
    expect(state).toMatchObject({ run: 'r-1', state: 'done', seconds: 52, order: ['digits', 'train'] });
    expect(state.problems.map(({ code }) => code)).toEqual(['file-binary']);
    expect(state.nodes.digits).toMatchObject({ state: 'cached', plan: { reason: { code: 'same-inputs' } } });
    expect(state.nodes.train).toMatchObject({
      state: 'done',
      seconds: 44,
      plan: { estimate: { seconds: 41 } },
      training: { step: 3, rate: 6740 },
      loss: { steps: 3, last: 0.5 },
      epochs: [{ epoch: 1, metrics: { loss: 0.4 } }],
      checkpoint: { step: 1875 },
      progress: { done: 1, total: 5 },
      logs: [{ message: 'Compiled.' }],
      problems: [{ code: 'file-empty' }],
    });
  });

  it('follows states on the way', () => {
    const at = (count: number) => foldEvents(noRun, events.slice(0, count)).nodes.train?.state;
    expect([at(3), at(4), at(13)]).toEqual(['waiting', 'running', 'done']);
  });

  it('leaves nothing running in a run that was cut short', () => {
    const cut = [
      ...journal([
        { type: 'step-started', node: 'train' },
        { type: 'run-finished', state: 'failed', seconds: 1 },
      ]),
    ];
    expect(foldEvents(noRun, cut).nodes.train?.state).toBe('cancelled');
  });

  it('begins anew with another run', () => {
    const next = journal([{ type: 'step-started', node: 'other' }], 'r-2');
    expect(foldEvents(foldEvents(noRun, events), next)).toMatchObject({ run: 'r-2', order: ['other'], problems: [] });
  });

  it('is the same however a journal is cut into batches and however often they come', () => {
    const whole = foldEvents(noRun, events);
    fc.assert(
      fc.property(fc.array(fc.nat(events.length), { maxLength: 6 }), (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), events.length];
        // Each batch repeats all that came before it.
        expect(ends.reduce((state, end) => foldEvents(state, events.slice(0, end)), noRun)).toEqual(whole);
      }),
    );
    expect(foldEvent(whole, events[3] ?? expect.fail())).toBe(whole);
  });
});

describe('addLosses', () => {
  it('keeps range, mean and count of a long curve in few points', () => {
    const losses = Array.from({ length: 100_000 }, (_, i) => (i === 77_777 ? 50 : 1 / (i + 1)));
    const history = addLosses(emptyHistory, losses);
    expect(history.buckets.length).toBeLessThanOrEqual(maxBuckets);
    expect(history.buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(100_000);
    expect(Math.max(...history.buckets.map((bucket) => bucket.max))).toBe(50);
    expect(Math.min(...history.buckets.map((bucket) => bucket.min))).toBe(1 / 100_000);
  });

  it('gives the same curve in one piece and in many', () => {
    const finite = fc.array(fc.double({ noNaN: true, min: 0, max: 10 }), { maxLength: 3000 });
    fc.assert(
      fc.property(finite, fc.integer({ min: 1, max: 200 }), (losses, size) => {
        let history = emptyHistory;
        for (let i = 0; i < losses.length; i += size) history = addLosses(history, losses.slice(i, i + size));
        expect(history).toEqual(addLosses(emptyHistory, losses));
      }),
      { numRuns: 30 },
    );
  });

  it('marks the first loss that is no number and goes on', () => {
    expect(addLosses(addLosses(emptyHistory, [1, Number.NaN]), [null, 2])).toMatchObject({
      steps: 4,
      firstBad: 1,
      last: 2,
    });
  });
});

describe('explainReason', () => {
  it('speaks both languages and fills in what changed', () => {
    const reason = { code: 'param-changed', values: { param: 'epochs', before: '3', now: '5' } } as const;
    expect(explainReason(reason, 'en')).toBe('`epochs` changed 3 → 5');
    expect(explainReason(reason, 'zh')).toBe('`epochs` 已更改：3 → 5');
    expect(explainReason({ code: 'param-changed', values: { param: 'epochs' } }, 'en')).toBe('`epochs` changed');
    expect(explainReason({ code: 'blocked-by', values: { node: 'split' } }, 'zh')).toBe('等待 split');
  });
});
