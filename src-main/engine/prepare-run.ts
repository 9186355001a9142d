import { join } from 'node:path';
import type { NodeId } from '../../src-shared/document/document';
import type { GraphNode } from '../../src-shared/document/graph';
import { findNode } from '../../src-shared/document/set-params';
import type { Hash } from '../../src-shared/hash';
import { nodes } from '../../src-shared/nodes/catalog';
import { lookupOp } from '../../src-shared/ops/catalog';
import { type Inference, inferTypes } from '../../src-shared/plan/infer';
import { computeKeys, type Keys } from '../../src-shared/plan/keys';
import { isExecuted, isExecutedPort } from '../../src-shared/plan/needs';
import { type PlanStep, planRun } from '../../src-shared/plan/plan';
import type { PreviousStep } from '../../src-shared/plan/reasons';
import type { Problem } from '../../src-shared/problem';
import { lookupStep } from '../../src-shared/recipe/catalog';
import type { Files } from '../../src-shared/runs/run-context';
import type { Artifact } from '../../src-shared/runs/values';
import type { SourceFacts } from '../../src-shared/types/source-facts';
import { type FsPort, listIfThere, statIfThere } from '../files/fs-port';
import { documentFiles } from './document-files';
import type { EngineParts } from './engine-parts';
import { previousSteps } from './journal/run-folder';
import type { DocumentRequest } from './messages';
import { type Contents, type ProbedSources, type ProbeOptions, probeSources } from './probe/probe-sources';

/** A document with all that can be known of it before it runs. */
export interface Inspected {
  readonly inference: Inference;
  /** Every problem: of the document, its wires and its data. */
  readonly problems: readonly Problem[];
  readonly contents: Contents;
  readonly facts: Readonly<Record<NodeId, SourceFacts>>;
}

export interface Prepared extends Inspected {
  readonly keys: Keys;
  readonly plan: readonly PlanStep[];
  readonly previous: Readonly<Record<string, PreviousStep>>;
}

/** What the sources of a document say; `quick` reads no file through, `only` asks some of them. */
export async function probe(
  parts: EngineParts,
  { document, base }: DocumentRequest,
  options: Pick<ProbeOptions, 'signal' | 'quick' | 'only'>,
): Promise<ProbedSources> {
  const { fs, hashes, folders, images, lookup, store, reading, tables } = parts;
  const files = documentFiles(fs, hashes, base);
  const probed = await probeSources(document, {
    ...options,
    ...{ fs, folder: store.folders.facts, hashes, folders, images, lookup, files, reading },
    sniff: (request) => tables.sniff(request),
    sniffParquet: (request) => tables.sniffParquetFile(request),
  });
  options.signal.throwIfAborted();
  return probed;
}

/** Types, problems and file contents. Loads no runtime. */
export async function inspect(
  parts: EngineParts,
  ask: DocumentRequest,
  options: Parameters<typeof probe>[2],
): Promise<Inspected> {
  const { contents, facts, problems } = await probe(parts, ask, options);
  const { lookup } = parts;
  const inference = inferTypes(ask.document, { lookup, nodes, lookupStep, ops: lookupOp, facts });
  return { inference, problems: [...inference.problems, ...problems], contents, facts };
}

/** What would run, and why. */
export async function prepare(
  parts: EngineParts,
  ask: DocumentRequest,
  { signal, runner }: { readonly signal: AbortSignal; readonly runner: string },
): Promise<Prepared> {
  const inspected = await inspect(parts, ask, { signal });
  const { inference, problems, contents } = inspected;
  const keys = computeKeys(ask.document, { inference, runner, fileHash: (path) => contents[path] });
  const previous = await previousSteps(parts.fs, parts.store.folders.runs, sourceOf(ask));
  const kept = await keptKeys(parts, inspected, { ask, keys });
  const to = ask.to === undefined ? undefined : findNode(ask.document, ask.to);
  const plan = planRun({
    inference: { ...inference, problems },
    keys,
    previous,
    has: (key) => kept.has(key),
    // `keptKeys` has looked already.
    stillThere: () => true,
    ...(to === undefined ? {} : { to }),
    ...(ask.noCache ? { noCache: true } : {}),
  });
  return { ...inspected, keys, plan, previous };
}

/** Runs of one document are told from those of others by its place. */
export function sourceOf({ base, name }: DocumentRequest): string {
  return join(base, name);
}

/** Keys of nodes all of whose results are in the store, and all of whose files outside it are where they were. */
async function keptKeys(parts: EngineParts, inspected: Inspected, { ask, keys }: { ask: DocumentRequest; keys: Keys }) {
  const kept = new Set<Hash>();
  await parts.store.values.refresh();
  const files = documentFiles(parts.fs, parts.hashes, ask.base);
  for (const node of inspected.inference.graph.order) {
    const key = isExecuted(node) ? keys.nodes.get(node.id)?.hash : undefined;
    const hashes = key === undefined ? undefined : resultHashes(node, { keys, parts });
    if (key === undefined || hashes === undefined) continue;
    if (await areKept(parts, hashes, () => foldersOf(node, inspected, files))) kept.add(key);
  }
  return kept;
}

/** Of all results of a node; undefined where one has no name or is not in the store. */
function resultHashes(
  node: GraphNode,
  { keys, parts }: { readonly keys: Keys; readonly parts: EngineParts },
): Hash[] | undefined {
  const hashes: Hash[] = [];
  for (const { port, wire } of node.outputs) {
    if (!isExecutedPort(node, port)) continue;
    const hash = keys.wires.get(wire);
    if (hash === undefined || !parts.store.values.mayHave(hash)) return undefined;
    hashes.push(hash);
  }
  return hashes;
}

/** Absolute folders that a node writes to. */
function foldersOf({ id, definition }: GraphNode, { inference }: Inspected, files: Files): string[] {
  const params = inference.params.get(id) ?? {};
  const names = Object.entries(definition?.params ?? {}).flatMap(([name, { type }]) =>
    type === 'folder' ? [name] : [],
  );
  return names.map((name) => files.resolve(String(params[name])));
}

async function areKept(
  parts: EngineParts,
  hashes: readonly Hash[],
  folders: () => readonly string[],
): Promise<boolean> {
  for (const hash of hashes) if (!(await isKept(parts, hash, folders))) return false;
  return true;
}

async function isKept(
  { store, hashes, fs }: EngineParts,
  hash: Hash,
  folders: () => readonly string[],
): Promise<boolean> {
  const stored = await store.values.find(hash);
  if (stored?.type !== 'artifact') return stored !== undefined;
  const read = await store.values.read(hash, hashes.locate);
  return read?.type === 'artifact' && isStillThere(fs, read.value, folders());
}

/** A bundle counts as there while its folder is the one that is asked for and holds as many bytes as were written. */
async function isStillThere(fs: FsPort, { path, bytes }: Artifact, folders: readonly string[]): Promise<boolean> {
  if (folders.length === 0) return true;
  return folders.includes(path) && (await bytesUnder(fs, path)) === bytes;
}

async function bytesUnder(fs: FsPort, path: string): Promise<number> {
  const found = await statIfThere(fs, path);
  if (found?.kind !== 'folder') return found?.size ?? 0;
  const names = await listIfThere(fs, path);
  const sizes = await Promise.all(names.map((name) => bytesUnder(fs, join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
