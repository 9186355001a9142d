import type { Estimator } from '../runs/values';
import { type FitRequest, type FitResult, fitNetwork } from './fit-network';

export interface EstimatorRequest extends Omit<FitRequest, 'estimator'> {
  readonly estimator: Estimator;
}

/**
 * `fit(estimator, dataset, seed) → model`: what training and cross-validation call, whatever the estimator is.
 * @throws ProblemError what fitting such an estimator finds
 */
export async function fitEstimator({ estimator, ...request }: EstimatorRequest): Promise<FitResult> {
  if (estimator.kind === 'network') return fitNetwork({ ...request, estimator });
  throw new Error(`There is no method "${estimator.method}".`);
}
