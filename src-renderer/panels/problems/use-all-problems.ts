import { useMemo } from 'react';
import type { Problem } from '../../../src-shared/problem';
import { problemsOf, useAnalysis } from '../../store/analysis';
import { useRun } from '../../store/runs';
import type { Tab } from '../../store/workspace';
import { allProblems } from './all-problems';

/** Everything that is wrong with a document now: the worst first. */
export function useAllProblems(tab: Tab): readonly Problem[] {
  const analysis = useAnalysis((all) => all[tab.id]);
  const run = useRun(tab.id);
  const { problems: opened } = tab;
  return useMemo(() => allProblems({ inferred: problemsOf(analysis), opened, run }), [analysis, opened, run]);
}
