import type { Preview, PreviewAsk } from '../../../src-shared/preview';
import type { EngineParts } from '../engine-parts';
import { findResult } from './find-result';
import { showArtifact } from './show-artifact';
import { showModel } from './show-model';
import { showPredictions } from './show-predictions';

/** What a run has made, from the store. */
export async function previewResult(parts: EngineParts, ask: PreviewAsk, signal: AbortSignal): Promise<Preview> {
  const { value, run } = await findResult(parts, ask, signal);
  const age = run === undefined ? {} : { stale: true, run };
  if ('outputs' in value) return { ...showPredictions(value, ask), ...age };
  if ('artefact' in value) return { ...showModel(value), ...age };
  if ('bundleHash' in value) return { ...(await showArtifact(parts.fs, value)), ...age };
  if ('kind' in value) return { kind: 'report', report: value, ...age };
  throw new Error('Tables and programs are shown without a run.');
}
