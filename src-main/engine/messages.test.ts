import { expect, it } from 'vitest';
import type { RunEvent } from '../../src-shared/runs/run-event';
import { heard, toTell } from './messages';

const at = { run: 'r-1', seq: 1, at: '2026-11-30T00:00:00.000Z' };
const events: RunEvent[] = [
  { type: 'step-planned', node: 'csv', state: 'run', reason: { code: 'first-run' }, ...at },
  { type: 'step-started', node: '读取\n"a"', ...at },
  { type: 'step-finished', node: 'fit', state: 'done', seconds: 0.25, outputs: {}, ...at },
  { type: 'epoch-finished', node: 'fit', epoch: 1, metrics: { loss: Number.NaN }, seconds: 2, ...at },
];

it('lets a host hear each event as it was, as the line that the journal has where that says all of it', () => {
  const told = events.map((event) => toTell(event, JSON.stringify(event)));
  expect(told.map((each) => typeof each)).toEqual(['string', 'string', 'string', 'object']);
  expect(heard(structuredClone(told))).toEqual(events);
});
