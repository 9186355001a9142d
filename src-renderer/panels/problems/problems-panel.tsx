import { CircleCheck } from 'lucide-react';
import { findNode } from '../../../src-shared/document/set-params';
import type { Problem } from '../../../src-shared/problem';
import { explainProblem } from '../../../src-shared/problems/sentences';
import { problemIcons } from '../../fields/problem-line';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { canvasView } from '../../store/canvas-view';
import { select } from '../../store/ui';
import type { Tab } from '../../store/workspace';
import { fixAction } from '../apply-fix';
import { EmptyNote } from '../empty-note';
import { ScrollBox } from '../scroll-box';
import { problemKey } from './all-problems';
import { useAllProblems } from './use-all-problems';
import './problems.css';

/** What is wrong, where, and the way out; a click goes to the node. */
export function ProblemsPanel({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const problems = useAllProblems(tab);
  if (problems.length === 0) {
    return (
      <EmptyNote text={t('panels.noProblems')}>
        <CircleCheck className="problems-none" size={20} strokeWidth={1.75} aria-hidden="true" />
      </EmptyNote>
    );
  }
  return (
    <ScrollBox className="problem-list" aria-label={t('panels.problems')}>
      <ul>
        {problems.map((problem) => (
          <ProblemRow key={problemKey(problem)} tab={tab} problem={problem} />
        ))}
      </ul>
    </ScrollBox>
  );
}

const severities = { error: 'panels.error', warning: 'panels.warning', info: 'panels.info' } as const;

function ProblemRow({ tab, problem }: { readonly tab: Tab; readonly problem: Problem }) {
  const t = useTranslate();
  const language = useLanguage();
  const { text, fix: advice } = explainProblem(problem, language);
  const fix = fixAction(tab, problem, language);
  const Icon = problemIcons[problem.severity];
  return (
    <li className="problem-row" data-severity={problem.severity}>
      <Icon size={16} strokeWidth={1.75} aria-label={t(severities[problem.severity])} />
      <NodeLink tab={tab} problem={problem} />
      <div className="problem-row-words">
        <p>{text}</p>
        {advice ? <p className="muted small">{advice}</p> : null}
      </div>
      {fix ? (
        <button type="button" className="button problem-row-fix" onClick={fix.run}>
          {fix.label}
        </button>
      ) : null}
    </li>
  );
}

function NodeLink({ tab, problem: { node, param } }: { readonly tab: Tab; readonly problem: Problem }) {
  const name = node === undefined ? '' : [node, param].filter(Boolean).join('.');
  const id = node === undefined ? undefined : findNode(tab.editor.document, node);
  if (id === undefined) return <span className="problem-node mono muted">{name || tab.name}</span>;
  return (
    <button
      type="button"
      className="link problem-node mono"
      onClick={() => {
        select(tab.id, { nodes: [id] });
        canvasView()?.reveal(id);
      }}
    >
      {name}
    </button>
  );
}
