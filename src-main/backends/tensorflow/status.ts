import { firstLine } from '../../../src-shared/first-line';
import { scopeInMessage } from '../../../src-shared/formats/tensorflow/node-names';
import { fail, ProblemError } from '../../../src-shared/problem';
import { indexProblem } from '../../../src-shared/problems/index-problem';
import type { Pointer, TensorflowApi } from './bindings';

const resourceExhausted = 8;

/**
 * Throws a ProblemError if the call failed: `out-of-memory`, `index-out-of-range`, or `tensorflow-failed` with the
 * runtime's first line.
 * @param scopes the graph's safe prefix → canvas node, to say where it happened
 */
export function check(api: TensorflowApi, status: Pointer, scopes: Readonly<Record<string, string>> = {}): void {
  const code = api.statusCode(status);
  if (code === 0) return;
  const message = api.statusMessage(status);
  const scope = scopeInMessage(message, scopes);
  const where = scope === undefined ? {} : { node: scope };
  if (code === resourceExhausted) fail('out-of-memory', { message: firstLine(message) }, where);
  const outside = indexProblem(message);
  if (outside) throw new ProblemError({ ...outside, ...where });
  fail('tensorflow-failed', { message: firstLine(message) }, where);
}

/** Runs a call that reports through a TF_Status, checks it, and frees the status. */
export function checked<T>(api: TensorflowApi, call: (status: Pointer) => T): T {
  const status = api.newStatus();
  try {
    const result = call(status);
    check(api, status);
    return result;
  } finally {
    api.deleteStatus(status);
  }
}
