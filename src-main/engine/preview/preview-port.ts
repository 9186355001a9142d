import { ownEntry } from '../../../src-shared/document/own-entry';
import type { Preview, PreviewAsk } from '../../../src-shared/preview';
import { fail, ProblemError, problem } from '../../../src-shared/problem';
import type { WireName } from '../../../src-shared/types/ports';
import type { EngineParts } from '../engine-parts';
import { previewResult } from './preview-result';
import { previewTable } from './preview-table';

type Show = (parts: EngineParts, ask: PreviewAsk, signal: AbortSignal) => Promise<Preview>;

const layers = problem('preview-of-layers', {}, { severity: 'info' });
const plan = problem('preview-of-plan', {}, { severity: 'info' });

const previews: Readonly<Record<WireName, Show>> = {
  table: previewTable,
  dataset: previewTable,
  tensor: async () => ({ kind: 'none', problem: layers }),
  estimator: async () => ({ kind: 'none', problem: plan }),
  model: previewResult,
  predictions: previewResult,
  report: previewResult,
  artifact: previewResult,
};

/** What can be seen at an output of a document. Runs nothing: results of runs come from the store. */
export async function previewPort(parts: EngineParts, ask: PreviewAsk, signal: AbortSignal): Promise<Preview> {
  try {
    return await previews[wireOf(parts, ask)](parts, ask, signal);
  } catch (error) {
    if (error instanceof ProblemError && !signal.aborted) return { kind: 'none', problem: error.problem };
    throw error;
  }
}

/** What the port declares; that of a preparation node is some kind of table. */
function wireOf({ lookup }: EngineParts, { document, node, port }: PreviewAsk): WireName {
  const { kind } = ownEntry(document.nodes, node) ?? {};
  const declared = kind === undefined ? undefined : ownEntry(lookup(kind)?.outputs ?? {}, port)?.type;
  if (declared === undefined) return fail('preview-node-missing', { port });
  return typeof declared === 'string' ? declared : 'table';
}
