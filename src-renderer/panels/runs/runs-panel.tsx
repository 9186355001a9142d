import { GitCompare } from 'lucide-react';
import { useState } from 'react';
import type { RunSummary } from '../../../src-shared/preview';
import { useTranslate } from '../../i18n/i18n';
import { useRun } from '../../store/runs';
import type { Tab } from '../../store/workspace';
import { BarTools } from '../bar-tools';
import { EmptyNote, RunButton } from '../empty-note';
import { NothingView } from '../preview/nothing-view';
import { useAnswer } from '../use-answer';
import { useKept } from '../use-kept';
import { CompareRuns } from './compare-runs';
import { RunList } from './run-list';
import './runs.css';

/** Earlier runs of the document: to look at again, and to compare. */
export function RunsPanel({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const { run, phase } = useRun(tab.id);
  const { value, problem } = useAnswer(
    'run:history',
    useKept({ id: tab.id }, JSON.stringify([tab.id, phase, run.state])),
  );
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [isComparing, setIsComparing] = useState(false);
  if (problem) return <NothingView tab={tab} problem={problem} />;
  if (!value) return null;
  if (value.length === 0) {
    return (
      <EmptyNote text={t('panels.noRuns')} hint={t('panels.noRunsHint')}>
        <RunButton />
      </EmptyNote>
    );
  }
  const [first, second] = inOrder(value, marked);
  if (isComparing && first && second) {
    return <CompareRuns before={first} after={second} onClose={() => setIsComparing(false)} />;
  }
  return (
    <>
      <BarTools>
        <button
          type="button"
          className="button runs-compare"
          disabled={!second}
          title={t('panels.compareHint')}
          onClick={() => setIsComparing(true)}
        >
          <GitCompare size={14} strokeWidth={1.75} aria-hidden="true" />
          {t('panels.compare')}
        </button>
      </BarTools>
      <RunList tab={tab} runs={value} marked={marked} onMark={(id) => setMarked(mark(marked, id))} />
    </>
  );
}

/** At most two are marked: the one that was marked first makes way. */
function mark(marked: readonly string[], run: string): readonly string[] {
  return marked.includes(run) ? marked.filter((each) => each !== run) : [...marked, run].slice(-2);
}

/** The older one first. */
function inOrder(runs: readonly RunSummary[], marked: readonly string[]): RunSummary[] {
  return runs.filter(({ run }) => marked.includes(run)).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}
