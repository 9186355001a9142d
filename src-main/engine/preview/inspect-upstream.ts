import type { NodeId } from '../../../src-shared/document/document';
import { buildGraph, type Graph } from '../../../src-shared/document/graph';
import { wireKey } from '../../../src-shared/document/wires';
import { type Hash, hashData } from '../../../src-shared/hash';
import { documentFiles } from '../document-files';
import type { EngineParts } from '../engine-parts';
import type { DocumentRequest } from '../messages';
import { type Inspected, inspect } from '../prepare-run';
import type { FileIdentity } from '../probe/file-hashes';
import { type ListedFile, listFolder } from '../probe/list-folder';

/** Files up to this size are read through before they are shown: it takes no longer than a person waits. */
const smallBytes = 32_000_000;

interface Place extends DocumentRequest {
  readonly node: NodeId;
  readonly port: string;
}

export interface UpstreamInspected extends Inspected {
  /** Nodes that the place depends on, itself included. */
  readonly upstream: ReadonlySet<NodeId>;
  /** Large files that were not read through: what is known of them comes from their start. */
  readonly glanced: ReadonlySet<NodeId>;
}

/**
 * What is known of the nodes behind a port, without reading large files through where their start is enough to say
 * what the port gives; `isWhole` reads them in any case.
 */
export async function inspectUpstream(
  parts: EngineParts,
  place: Place,
  { signal, isWhole }: { readonly signal: AbortSignal; readonly isWhole: boolean },
): Promise<UpstreamInspected> {
  const upstream = upstreamOf(buildGraph(place.document, parts.lookup), place.node);
  const quick = await inspect(parts, place, { signal, quick: true, only: upstream });
  const unread = await unreadFiles(parts, place, { quick, upstream });
  if (unread.size === 0) return { ...quick, upstream, glanced: new Set() };
  const isEnough = !isWhole && quick.inference.types[wireKey(place)] !== undefined;
  if (isEnough && total([...unread.values()]) > smallBytes) {
    return { ...quick, contents: { ...quick.contents, ...standIns(unread) }, upstream, glanced: glancedNodes(unread) };
  }
  return { ...(await inspect(parts, place, { signal, only: upstream })), upstream, glanced: new Set() };
}

/** A node with everything it reads from. */
export function upstreamOf(graph: Graph, node: NodeId): Set<NodeId> {
  const found = new Set([node]);
  // A set is walked in the order in which it grows.
  for (const id of found)
    for (const { node: from } of Object.values(graph.nodes.get(id)?.inputs ?? {}).flat()) found.add(from);
  return found;
}

interface Unread {
  readonly node: NodeId;
  readonly bytes: number;
  /** Tells the file from others, as far as that can be said without reading it. */
  readonly identity: Hash;
}

/** Files whose content is not known, by path as the document names them. */
async function unreadFiles(
  { lookup, fs, hashes }: EngineParts,
  { document, base }: Place,
  { quick, upstream }: { readonly quick: Inspected; readonly upstream: ReadonlySet<NodeId> },
): Promise<Map<string, Unread>> {
  const files = documentFiles(fs, hashes, base);
  const unread = new Map<string, Unread>();
  for (const id of upstream) {
    const params = quick.inference.params.get(id) ?? {};
    const definition = lookup(document.nodes[id]?.kind ?? '');
    for (const [name, declared] of Object.entries(definition?.params ?? {})) {
      const path = params[name];
      if (declared.type !== 'file' || typeof path !== 'string' || path === '' || quick.contents[path]) continue;
      const absolute = files.resolve(path);
      const found = declared.isFolder
        ? await listFolder(fs, absolute, declared.extensions).catch(() => undefined)
        : await hashes.identify(absolute).catch(() => undefined);
      if (found) unread.set(path, { node: id, bytes: bytesOf(found), identity: hashData(found) });
    }
  }
  return unread;
}

function bytesOf(found: FileIdentity | readonly ListedFile[]): number {
  return 'size' in found ? found.size : found.reduce((sum, { size }) => sum + size, 0);
}

function total(unread: readonly Unread[]): number {
  return unread.reduce((sum, { bytes }) => sum + bytes, 0);
}

function standIns(unread: ReadonlyMap<string, Unread>): Record<string, Hash> {
  return Object.fromEntries([...unread].map(([path, { identity }]) => [path, identity]));
}

function glancedNodes(unread: ReadonlyMap<string, Unread>): Set<NodeId> {
  return new Set([...unread.values()].map(({ node }) => node));
}
