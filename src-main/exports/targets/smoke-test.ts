import { numbersOf } from '../../../src-shared/answer';
import { fail } from '../../../src-shared/problem';
import { outputFields } from '../../serving/bundle-metadata';
import { compareOutputs } from '../compare-outputs';
import { predictionsSchema } from '../prediction-numbers';
import type { StepContext } from './define-target';
import { askHttp, jsonOf } from './lepton-api';
import type { VerifiedBundle } from './verified-bundle';

/**
 * Sends the bundle's held-out rows to a live endpoint and compares what it predicts with what the app does.
 * @throws ProblemError `deploy-smoke-differs`
 */
export async function askPredictions(
  context: StepContext,
  { name, metadata, samples, tolerance }: VerifiedBundle,
  { url, token }: { readonly url: string; readonly token: string },
): Promise<void> {
  const answer = await askHttp(context, {
    method: 'POST',
    url: `${url}/v1/models/${encodeURIComponent(name)}:predict`,
    headers: { authorization: `Bearer ${token}` },
    json: { instances: samples.rows },
  });
  const { predictions } = jsonOf(answer, predictionsSchema);
  const fields = outputFields(metadata);
  const given = predictions.flatMap((prediction) => numbersOf(prediction, fields));
  const expected = { rows: samples.rows.length, width: samples.outputs[0]?.length ?? 0, values: flat(samples.outputs) };
  const { badRow, maxDifference } = compareOutputs(expected, Float32Array.from(given), tolerance);
  if (badRow !== undefined) {
    // Infinity is no JSON.
    const difference = Number.isFinite(maxDifference) ? maxDifference : '∞';
    fail('deploy-smoke-differs', { row: badRow, difference, tolerance });
  }
}

function flat(rows: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(rows.flat());
}
