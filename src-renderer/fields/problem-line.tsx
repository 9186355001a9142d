import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { Problem } from '../../src-shared/problem';
import { explainProblem } from '../../src-shared/problems/sentences';
import { useLanguage } from '../i18n/i18n';
import type { FixAction } from './field-context';
import './fields.css';

export const problemIcons = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;

interface Props {
  readonly problem: Problem;
  readonly fix?: FixAction | undefined;
}

/** What is wrong, the way out in words, and as a button where a machine can go it. */
export function ProblemLine({ problem, fix }: Props) {
  const { text, fix: advice } = explainProblem(problem, useLanguage());
  const Icon = problemIcons[problem.severity];
  return (
    <div className="problem-line" data-severity={problem.severity}>
      <Icon size={14} aria-hidden="true" />
      <div className="problem-words">
        <p>{text}</p>
        {advice ? <p className="muted">{advice}</p> : null}
        {fix ? (
          <button type="button" className="button problem-fix" onClick={fix.run}>
            {fix.label}
          </button>
        ) : null}
      </div>
    </div>
  );
}
