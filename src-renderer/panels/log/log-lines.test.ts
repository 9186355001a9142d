import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src-shared/runs/run-event';
import { foldEvents, noRun } from '../../../src-shared/runs/run-state';
import { logLines, logText, speakers } from './log-lines';

const said = (node: string, second: number, level: 'info' | 'warning'): RunEvent => ({
  type: 'log',
  node,
  level,
  message: `${node} at ${second}`,
  run: 'r',
  seq: second,
  at: `2026-11-25T10:00:0${second}.000Z`,
});
const run = foldEvents(noRun, [
  said('train', 1, 'info'),
  said('test', 2, 'warning'),
  said('train', 3, 'warning'),
  { type: 'step-started', node: 'split', run: 'r', seq: 4, at: '2026-11-25T10:00:04.000Z' },
]);

it('tells what all nodes said in the order of time', () => {
  const lines = logLines(run, { node: '', isWarningsOnly: false });
  expect(lines.map(({ message }) => message)).toEqual(['train at 1', 'test at 2', 'train at 3']);
});

it('keeps to a node, or to warnings', () => {
  expect(logLines(run, { node: 'train', isWarningsOnly: false })).toHaveLength(2);
  expect(logLines(run, { node: 'train', isWarningsOnly: true }).map(({ message }) => message)).toEqual(['train at 3']);
  expect(speakers(run)).toEqual(['train', 'test']);
});

it('reads as text outside the window', () => {
  expect(logText(logLines(run, { node: 'test', isWarningsOnly: false }))).toBe(
    '2026-11-25T10:00:02.000Z warning test: test at 2',
  );
});
