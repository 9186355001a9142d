/**
 * Something that a person can cause and mend: data, never a stack trace. `code` chooses the sentence in the
 * reader's language (`src-shared/problems/`), `values` fill it in, `fix` names the way out.
 */
export interface Problem {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly values?: Readonly<Record<string, ProblemValue>>;
  readonly node?: string;
  readonly port?: string;
  readonly param?: string;
  readonly fix?: Fix;
}

export type ProblemValue = string | number | boolean | null | readonly (string | number)[];

/** What a node that is put in between can mend. Which node does, the catalogue knows: a problem names no kind. */
export type Mending =
  | 'no-target'
  | 'no-model-input'
  | 'missing-values'
  | 'missing-target'
  | 'text-feature'
  | 'time-feature'
  | 'unscaled';

export interface Fix {
  readonly code: 'set-param' | 'insert-node' | 'connect' | 'choose-file' | 'free-space' | 'run-command' | 'other';
  readonly param?: string;
  readonly to?: ProblemValue;
  /** `insert-node`: the node that declares that it mends this, or the one of this kind. */
  readonly mends?: Mending;
  readonly kind?: string;
  /** `insert-node`: the columns that it is for; all that it takes by itself where there are none. */
  readonly columns?: readonly string[];
  readonly command?: string;
}

export function problem(code: string, values?: Problem['values'], more: Partial<Problem> = {}): Problem {
  return { code, severity: 'error', ...(values ? { values } : {}), ...more };
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'severity' in value;
}

/** Carries a problem out of a call chain; caught where the node, the run or the command reports it. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code} ${JSON.stringify(problem.values ?? {})}`);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export function fail(code: string, values?: Problem['values'], more: Partial<Problem> = {}): never {
  throw new ProblemError(problem(code, values, more));
}
