import { useMemo } from 'react';
import type { Problem } from '../../src-shared/problem';
import { problemsOf, useAnalysis } from '../store/analysis';
import { useRun } from '../store/runs';
import type { Tab } from '../store/workspace';

/** What is wrong with a node: in the document, in its data, and in its newest run. */
export function useNodeProblems(tab: Tab, name: string): readonly Problem[] {
  const analysis = useAnalysis((all) => all[tab.id]);
  const ran = useRun(tab.id).run.nodes[name]?.problems;
  return useMemo(() => {
    const found = problemsOf(analysis).filter(({ node }) => node === name);
    const codes = new Set(found.map(({ code }) => code));
    return [...found, ...(ran ?? []).filter(({ code }) => !codes.has(code))];
  }, [analysis, ran, name]);
}
