import type { NodeId } from '../../../src-shared/document/document';
import type { GraphNode } from '../../../src-shared/document/graph';
import { wireKey } from '../../../src-shared/document/wires';
import type { Hash } from '../../../src-shared/hash';
import { computeKeys, type Keys, seedFor } from '../../../src-shared/plan/keys';
import { executedNeeds, isExecutedPort } from '../../../src-shared/plan/needs';
import { Tracer, type WireValue } from '../../../src-shared/plan/trace';
import { fail } from '../../../src-shared/problem';
import { lookupStep } from '../../../src-shared/recipe/catalog';
import type { RunContext } from '../../../src-shared/runs/run-context';
import { documentFiles } from '../document-files';
import type { EngineParts } from '../engine-parts';
import type { DocumentRequest } from '../messages';
import type { UpstreamInspected } from './inspect-upstream';

interface Place extends DocumentRequest {
  readonly node: NodeId;
  readonly port: string;
}

interface Known {
  readonly inspected: UpstreamInspected;
  readonly keys: Keys;
  readonly signal: AbortSignal;
}

interface Source extends Known {
  readonly node: GraphNode;
}

/**
 * The value at a port that follows from sources alone. Sources are read here as a run would read them, and kept in
 * the store where a run finds them.
 */
export async function valueOfSources(parts: EngineParts, place: Place, known: Known): Promise<WireValue | undefined> {
  const { graph } = known.inspected.inference;
  const node = graph.nodes.get(place.node);
  if (!node) return undefined;
  const needed = isExecutedPort(node, place.port) ? [place.node] : [...(executedNeeds(graph).get(place.node) ?? [])];
  const values = new Map<string, WireValue>();
  for (const id of needed) {
    const source = graph.nodes.get(id);
    const made = source ? await readSource(parts, place, { ...known, node: source }) : {};
    for (const [port, value] of Object.entries(made)) values.set(wireKey({ node: id, port }), value);
  }
  const { seed } = place.document.settings;
  const { inference } = known.inspected;
  return new Tracer({ inference, lookupStep, seed, executed: values }).value(place);
}

/** Keys of wires behind which no runtime stands are the same whatever the runtime. */
export function keysOfSources({ document }: DocumentRequest, { inference, contents }: UpstreamInspected): Keys {
  return computeKeys(document, { inference, runner: '', fileHash: (path) => contents[path] });
}

type PortValues = Readonly<Record<string, WireValue>>;

async function readSource(parts: EngineParts, ask: DocumentRequest, source: Source): Promise<PortValues> {
  const { node, inspected } = source;
  const kept = inspected.glanced.has(node.id) ? undefined : await readKept(parts, source);
  if (kept) return kept;
  const { definition } = node;
  const isSource = Object.keys(definition?.inputs ?? {}).length === 0 && !definition?.usesRunner;
  if (!definition?.execute || !isSource) {
    return fail('preview-needs-run', { name: node.node.name }, { node: node.node.name });
  }
  const context = sourceContext(parts, ask, source);
  const began = performance.now();
  // Ports and params were checked against the definition that erased their names.
  const params = (inspected.inference.params.get(node.id) ?? {}) as never;
  const made = (await definition.execute({}, params, context)) as PortValues;
  source.signal.throwIfAborted();
  if (!inspected.glanced.has(node.id)) await keep(parts, source, { made, seconds: (performance.now() - began) / 1000 });
  return made;
}

function portsOf({ node, keys }: Source): (readonly [port: string, hash: Hash])[] {
  return node.outputs.flatMap(({ port, wire }) => {
    const hash = keys.wires.get(wire);
    return hash && isExecutedPort(node, port) ? [[port, hash] as const] : [];
  });
}

async function readKept(parts: EngineParts, source: Source): Promise<PortValues | undefined> {
  const values: Record<string, WireValue> = {};
  for (const [port, hash] of portsOf(source)) {
    const read = await parts.store.values.read(hash, parts.hashes.locate);
    if (!read) return undefined;
    values[port] = read.value;
  }
  return values;
}

/** A store that takes nothing more is no reason to show nothing. */
async function keep(
  { store }: EngineParts,
  source: Source,
  { made, seconds }: { readonly made: PortValues; readonly seconds: number },
): Promise<void> {
  const { name } = source.node.node;
  const { definition } = source.node;
  for (const [port, hash] of portsOf(source)) {
    const type = definition?.outputs[port]?.type;
    const value = made[port];
    if (!definition || typeof type !== 'string' || !value) continue;
    const madeBy = { kind: definition.kind, version: definition.version, node: name };
    // The value came from the port that has this type.
    await store.values
      .write({ hash, type, value: value as never, madeBy, inputs: {}, seconds })
      ?.catch(() => undefined);
  }
}

/** Rows that a look takes where each has to be read by itself. */
const glancedRows = 1000;

/** What a source may reach where nothing runs. Of a file that was only glanced at, no more than its start is read. */
function sourceContext(parts: EngineParts, { base }: DocumentRequest, source: Source): RunContext {
  const { node, inspected, keys, signal } = source;
  const { tables, fs, hashes, images, store } = parts;
  const files = documentFiles(fs, hashes, base);
  const facts = inspected.facts[node.id];
  const isGlanced = inspected.glanced.has(node.id);
  const onlyLooks = () => fail('engine-only-looks');
  return {
    node: { id: node.id, name: node.node.name },
    ...(facts?.exact ? { facts } : {}),
    ...(isGlanced ? { enoughRows: glancedRows } : {}),
    images,
    tables: {
      ...tables,
      group: onlyLooks,
      sniffCsv: async (path, overrides) => {
        const found = await tables.sniff({ path, overrides, quick: isGlanced, signal });
        return isGlanced ? { ...found, rows: 0 } : found;
      },
      sniffParquet: async (path) => {
        const found = await tables.sniffParquetFile({ path, quick: isGlanced, signal });
        return isGlanced ? { ...found, rows: 0 } : found;
      },
    },
    programs: { runner: { name: '', description: '', fingerprint: '' }, open: onlyLooks },
    store: store.blobs,
    files: isGlanced ? { ...files, hash: async (path) => inspected.contents[path] ?? files.hash(path) } : files,
    exports: { bundle: onlyLooks, deploy: onlyLooks },
    signal,
    seed: (role) => seedFor(keys, node.id, role),
    emit: () => undefined,
    checkpoints: { save: onlyLooks, latest: async () => undefined },
  };
}
