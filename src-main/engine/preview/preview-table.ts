import { wireKey } from '../../../src-shared/document/wires';
import { hashData } from '../../../src-shared/hash';
import type { WireValue } from '../../../src-shared/plan/trace';
import type { Preview, PreviewAsk } from '../../../src-shared/preview';
import { ProblemError, problem } from '../../../src-shared/problem';
import type { TabularValue } from '../../../src-shared/runs/values';
import type { EngineParts } from '../engine-parts';
import type { DocumentRequest } from '../messages';
import { inspectUpstream, type UpstreamInspected } from './inspect-upstream';
import { openView } from './open-view';
import { keysOfSources, valueOfSources } from './source-value';
import type { TableView } from './table-view';

/** Cells that are read at most: what a preview may cost. */
const maxCells = 4_000_000;

interface Place extends DocumentRequest {
  readonly node: string;
  readonly port: string;
}

/** A page of a table after the preparation steps in front of the port. Needs no run. */
export async function previewTable(parts: EngineParts, ask: PreviewAsk, signal: AbortSignal): Promise<Preview> {
  return withTable(parts, ask, { signal, work: (view) => view.page(ask, signal) });
}

interface TableWork<T> {
  readonly signal: AbortSignal;
  readonly work: (view: TableView) => Promise<T>;
  /** Every row is needed, however many there are. */
  readonly isWhole?: boolean;
}

/** Works with the table at a port, which stays open for a while afterwards. */
export async function withTable<T>(
  parts: EngineParts,
  place: Place,
  { signal, work, isWhole = false }: TableWork<T>,
): Promise<T> {
  const inspected = await inspectUpstream(parts, place, { signal, isWhole });
  if (!inspected.inference.types[wireKey(place)]) throw new ProblemError(whyNothing(place, inspected));
  const keys = keysOfSources(place, inspected);
  const facts = [...inspected.glanced].map((id) => inspected.facts[id]);
  const key = hashData([keys.wires.get(wireKey(place)), facts, isWhole]);
  const open = async (stop: AbortSignal) => {
    const value = await valueOfSources(parts, place, { inspected, keys, signal: stop });
    const limit = isWhole ? {} : limitOf(tabular(value), inspected);
    return openView(parts.tables, tabular(value), { ...limit, signal: stop });
  };
  return parts.views.use(key, { signal, open }, work);
}

/** A table wire carries nothing else. */
function tabular(value: WireValue | undefined): TabularValue {
  if (value && 'source' in value) return value;
  throw new Error('The port gives no table.');
}

function limitOf({ source }: TabularValue, { glanced }: UpstreamInspected): { readonly limit?: number } {
  const limit = Math.max(1000, Math.floor(maxCells / Math.max(1, source.columns.length)));
  return glanced.size > 0 || source.rows > limit ? { limit } : {};
}

/** The first problem on the way to the port. */
function whyNothing({ document, node }: Place, { problems, upstream }: UpstreamInspected) {
  const names = new Set([...upstream].map((id) => document.nodes[id]?.name));
  const before = problems.filter(({ node: name }) => name === undefined || names.has(name));
  const name = document.nodes[node]?.name ?? node;
  return (
    before.find(({ severity }) => severity === 'error') ??
    problem('preview-not-connected', { name }, { severity: 'info', node: name })
  );
}
