import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../src-shared/problem';
import { explainProblem } from '../../src-shared/problems/sentences';
import { useLanguage } from '../i18n/i18n';

/** What is wrong and the way out, in words; below it what can be done here. */
export function ProblemNote({ problem, children }: { readonly problem: Problem; readonly children?: ReactNode }) {
  const { text, fix } = explainProblem(problem, useLanguage());
  return (
    <div className="deploy-problem" role="alert">
      <TriangleAlert size={16} aria-hidden="true" />
      <div>
        <p>{text}</p>
        {fix ? <p className="muted">{fix}</p> : null}
        {children}
      </div>
    </div>
  );
}
