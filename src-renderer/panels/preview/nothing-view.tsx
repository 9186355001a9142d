import { findNode } from '../../../src-shared/document/set-params';
import type { Problem } from '../../../src-shared/problem';
import { explainProblem } from '../../../src-shared/problems/sentences';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import type { Tab } from '../../store/workspace';
import { fixAction } from '../apply-fix';
import { EmptyNote, RunButton } from '../empty-note';

interface Props {
  readonly tab: Tab;
  readonly problem: Problem;
  /** Takes back what a person asked of the preview, where that is what failed. */
  readonly onReset?: (() => void) | undefined;
}

/** Results that a run makes. */
const waitsForRun: ReadonlySet<string> = new Set(['preview-needs-run', 'preview-not-kept', 'examples-not-kept']);

/** Why there is nothing to see, and the way to see something. */
export function NothingView({ tab, problem, onReset }: Props) {
  const t = useTranslate();
  const language = useLanguage();
  const { text, fix } = explainProblem(problem, language);
  const isOther = problem.node !== undefined && findNode(tab.editor.document, problem.node) === undefined;
  const action = isOther ? undefined : fixAction(tab, problem, language);
  return (
    <EmptyNote text={text} hint={fix}>
      {waitsForRun.has(problem.code) ? <RunButton /> : null}
      {action ? (
        <button type="button" className="button" onClick={action.run}>
          {action.label}
        </button>
      ) : null}
      {onReset ? (
        <button type="button" className="button" onClick={onReset}>
          {t('panels.sourceOrder')}
        </button>
      ) : null}
    </EmptyNote>
  );
}
