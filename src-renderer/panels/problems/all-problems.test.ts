import { expect, it } from 'vitest';
import { problem } from '../../../src-shared/problem';
import { foldEvents, noRun } from '../../../src-shared/runs/run-state';
import { allProblems } from './all-problems';

const inRun = (found: ReturnType<typeof problem>, seq: number, node?: string) => ({
  type: 'problem' as const,
  run: 'r1',
  seq,
  at: '2026-01-01T00:00:00Z',
  problem: found,
  ...(node === undefined ? {} : { node }),
});

it('gathers problems of document, file and run, each once, the worst first', () => {
  const missing = problem('file-missing', { path: 'a.csv' }, { node: 'rows' });
  const warning = problem('upgraded', {}, { severity: 'warning' });
  const run = foldEvents(noRun, [inRun(missing, 0, 'rows'), inRun(problem('store-full'), 1)]);
  const found = allProblems({ inferred: [missing], opened: [warning], run: { run, refused: [missing] } });
  expect(found.map(({ code }) => code)).toEqual(['file-missing', 'store-full', 'upgraded']);
});

it('says of which node a problem of a run is', () => {
  const run = foldEvents(noRun, [inRun(problem('loss-not-finite'), 0, 'train')]);
  expect(allProblems({ inferred: [], opened: [], run: { run, refused: [] } })).toMatchObject([{ node: 'train' }]);
});
