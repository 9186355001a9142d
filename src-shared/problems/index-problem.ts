import { type Problem, problem } from '../problem';

/** What TensorFlow and tfjs say of an index outside a table of n rows: `[0, n)` there, `[0, n − 1]` here. */
const messages = [/indices\S* = (-?\d+) is not in \[0, (\d+)\)/, /the index value (-?\d+) is not in \[0, (-?\d+)\]/];

/** The problem of a lookup outside its table, told from a runtime's message; undefined where it says something else. */
export function indexProblem(message: string): Problem | undefined {
  for (const [i, pattern] of messages.entries()) {
    const [, index, limit] = pattern.exec(message) ?? [];
    if (index !== undefined) {
      return problem('index-out-of-range', { index: Number(index), last: Number(limit) - (i === 0 ? 1 : 0) });
    }
  }
  return undefined;
}
