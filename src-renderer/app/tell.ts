import { type Problem, ProblemError, problem } from '../../src-shared/problem';
import { explainProblem } from '../../src-shared/problems/sentences';
import { currentLanguage } from '../i18n/i18n';
import { type Toast, toast } from '../store/ui';

/** Says what stood in the way, with the way out. */
export function tell(found: Problem, action?: Toast['action']): void {
  const { text, fix } = explainProblem(found, currentLanguage());
  const tone = found.severity === 'info' ? 'info' : 'error';
  toast({ tone, text, ...(fix === undefined ? {} : { fix }), ...(action ? { action } : {}) });
}

/** What an ask was refused for. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : problem('host-failed', { request: String(error) });
}

/** Does something that the host may refuse; a refusal is told. */
export async function orTell<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    tell(problemOf(error));
    return undefined;
  }
}
