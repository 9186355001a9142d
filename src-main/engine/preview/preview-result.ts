import type { Preview, PreviewAsk } from '../../../src-shared/preview';
import type { TypedValue } from '../../../src-shared/runs/values';
import type { EngineParts } from '../engine-parts';
import { findResult } from './find-result';
import { showArtifact } from './show-artifact';
import { showModel } from './show-model';
import { showPredictions } from './show-predictions';

/** What a run has made, from the store. */
export async function previewResult(parts: EngineParts, ask: PreviewAsk, signal: AbortSignal): Promise<Preview> {
  const { result, run } = await findResult(parts, ask, signal);
  return { ...(await show(parts, ask, result)), ...(run === undefined ? {} : { stale: true, run }) };
}

async function show(parts: EngineParts, ask: PreviewAsk, result: TypedValue): Promise<Preview> {
  switch (result.type) {
    case 'predictions':
      return showPredictions(result.value, ask);
    case 'model':
      return showModel(result.value);
    case 'artifact':
      return showArtifact(parts.fs, result.value);
    case 'report':
      return { kind: 'report', report: result.value };
    default:
      throw new Error('Tables and programs are shown without a run.');
  }
}
