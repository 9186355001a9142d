import { type Problem, ProblemError } from '../../src-shared/problem';

/** What was asked for cannot be done: the command ends with code 2 and tells these problems. */
export class WrongInput extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ code }) => code).join(', '));
    this.name = 'WrongInput';
  }
}

/** Problems that `work` finds are the caller's to mend. */
export async function asInput<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ProblemError ? new WrongInput([error.problem]) : error;
  }
}
