import { type Problem, problem } from '../problem';
import type { Precision, Programs } from '../runs/run-context';
import { openOverTable } from './batch-source';
import { evaluateRows, type TrainingPlan, usualEvaluationBatch, type Weights } from './train-network';

interface Trained {
  readonly state: Weights;
  readonly programs: Programs;
  readonly signal: AbortSignal;
}

/**
 * What computing in bfloat16 does to the scores on the validation rows: the trained weights, once in each precision.
 * Undefined where nothing was computed in bfloat16, or no row is held out.
 */
export async function bfloat16Effect(
  plan: TrainingPlan,
  { state, programs, signal }: Trained,
): Promise<Problem | undefined> {
  const { precision, validationRows: rows } = plan;
  if (precision !== 'mixedBfloat16' || !programs.runner.hasBfloat16 || rows.length === 0) return undefined;
  const size = plan.evaluationBatch ?? usualEvaluationBatch;
  const scores = async (chosen: Precision): Promise<string> => {
    const { session, batches } = await openOverTable(programs, plan.program, { ...plan, precision: chosen });
    try {
      await session.run('init', state);
      const means = await evaluateRows(session, batches, { rows, size, signal });
      return Object.entries(means)
        .map(([name, value]) => `${name} ${value.toFixed(4)}`)
        .join(', ');
    } finally {
      await session.close();
    }
  };
  const values = { rows: rows.length, bfloat16: await scores('mixedBfloat16'), float32: await scores('float32') };
  return problem('bfloat16-effect', values, { severity: 'info', param: 'precision' });
}
