import type { Problem } from '../../src-shared/problem';
import { explainProblem } from '../../src-shared/problems/sentences';
import type { Language } from '../../src-shared/text';

const marks = { error: '✗', warning: '!', info: 'i' } as const;

/** `✗ conv2d › kernelSize: The kernel …` and, below it, the way out. */
export function problemLines(problem: Problem, language: Language): string[] {
  const { text, fix } = explainProblem(problem, language);
  const place = [problem.node, problem.param ?? problem.port].filter((part) => part !== undefined).join(' › ');
  const head = `${marks[problem.severity]} ${place === '' ? '' : `${place}: `}${text}`;
  return fix === undefined ? [head] : [head, `  → ${fix}`];
}
