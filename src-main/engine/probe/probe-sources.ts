import { join } from 'node:path';
import { checkNode } from '../../../src-shared/document/check-document';
import type { EffectiveParams } from '../../../src-shared/document/check-params';
import type { NodeId, YardDocument } from '../../../src-shared/document/document';
import { type Hash, hashData, stableStringify } from '../../../src-shared/hash';
import type { NodeLookup } from '../../../src-shared/nodes/catalog';
import type { NodeDefinition, ProbeContext, SourceFacts } from '../../../src-shared/nodes/define-node';
import { type Problem, ProblemError } from '../../../src-shared/problem';
import { writeFileAtomic } from '../../files/atomic-write';
import { hashName } from '../../files/content-hash';
import type { FsPort } from '../../files/fs-port';
import type { FileHashes } from './file-hashes';

export interface ProbeOptions extends ProbeContext {
  readonly fs: FsPort;
  /** Where facts are remembered. */
  readonly folder: string;
  readonly hashes: FileHashes;
  readonly lookup: NodeLookup;
}

export type Contents = Readonly<Record<string, Hash>>;

/** What the data say about themselves, by node; `contents` are hashes of files, by path as nodes name them. */
export interface ProbedSources {
  readonly facts: Readonly<Record<NodeId, SourceFacts>>;
  readonly contents: Contents;
  readonly problems: readonly Problem[];
}

/** Asks every source of a document for its facts. Facts are remembered until a param or a file changes. */
export async function probeSources(document: YardDocument, options: ProbeOptions): Promise<ProbedSources> {
  const facts: Record<NodeId, SourceFacts> = {};
  const contents: Record<string, Hash> = {};
  const problems: Problem[] = [];
  for (const [id, node] of Object.entries(document.nodes)) {
    const definition = options.lookup(node.kind);
    const params = definition && checkNode(node, definition).params;
    if (!definition || !params || node.muted || node.bypassed) continue;
    try {
      const own = await hashContents(definition, params, options);
      Object.assign(contents, own);
      if (definition.probe) facts[id] = await recallOrProbe(definition, params, { ...options, contents: own });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push({ ...error.problem, node: node.name });
    }
  }
  return { facts, contents, problems };
}

/** Contents of the files that a node names in its params. */
async function hashContents(
  definition: NodeDefinition,
  params: EffectiveParams,
  { files }: ProbeOptions,
): Promise<Contents> {
  const found: Record<string, Hash> = {};
  for (const [name, { type }] of Object.entries(definition.params)) {
    const path = params[name];
    if (type !== 'file' || typeof path !== 'string' || path === '') continue;
    found[path] = await atParam(name, () => files.hash(path));
  }
  return found;
}

/** A problem with a file belongs to the param that names it. */
async function atParam<T>(param: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof ProblemError ? new ProblemError({ param, ...error.problem }) : error;
  }
}

async function recallOrProbe(
  definition: NodeDefinition,
  params: EffectiveParams,
  options: ProbeOptions & { readonly contents: Contents },
): Promise<SourceFacts> {
  const { fs, folder } = options;
  const key = hashData({ kind: definition.kind, version: definition.version, params, contents: options.contents });
  const path = join(folder, `facts-${hashName(key)}.json`);
  const known = await recall(fs, path);
  if (known) return known;
  // Params were checked against the definition that erased their names.
  const facts = await definition.probe?.(params as never, options);
  if (!facts) throw new Error(`${definition.kind} has no probe.`);
  await fs
    .makeFolder(folder)
    .then(() => writeFileAtomic(fs, path, Buffer.from(stableStringify(facts))))
    .catch(() => undefined);
  return facts;
}

async function recall(fs: FsPort, path: string): Promise<SourceFacts | undefined> {
  try {
    // Only `recallOrProbe` writes here, from what a probe gave; a cut file is no JSON.
    const facts = JSON.parse(Buffer.from(await fs.read(path)).toString('utf8')) as SourceFacts;
    return facts.exact ? facts : undefined;
  } catch {
    return undefined;
  }
}
