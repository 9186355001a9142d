import { ProblemError } from '../../../src-shared/problem';
import { loadTensorflow } from '../tensorflow/library';

/** Why tests on libtensorflow cannot run here, printed once; undefined where they can. */
export function tensorflowObstacle(): string | undefined {
  try {
    loadTensorflow();
    return undefined;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    console.info(`Tests with libtensorflow are skipped: ${error.problem.code}.`);
    return error.problem.code;
  }
}
