import { join } from 'node:path';
import { checkNode } from '../../../src-shared/document/check-document';
import type { EffectiveParams } from '../../../src-shared/document/check-params';
import type { NodeId, YardDocument } from '../../../src-shared/document/document';
import { type Hash, hashData, stableStringify } from '../../../src-shared/hash';
import type { NodeLookup } from '../../../src-shared/nodes/catalog';
import type { NodeDefinition, ProbeContext } from '../../../src-shared/nodes/define-node';
import { readsFiles } from '../../../src-shared/nodes/reads-files';
import { type Problem, ProblemError } from '../../../src-shared/problem';
import type { FileParam } from '../../../src-shared/types/params';
import type { SourceFacts } from '../../../src-shared/types/source-facts';
import { writeFileAtomic } from '../../files/atomic-write';
import { hashName } from '../../files/content-hash';
import type { FsPort } from '../../files/fs-port';
import type { TablesService } from '../tables/tables';
import type { FileHashes } from './file-hashes';
import type { FolderHashes } from './folder-hashes';
import { glanceContext, TooLargeToGlance } from './glance';
import type { SharedWork } from './shared-work';

export interface ProbeOptions extends Omit<ProbeContext, 'sniffCsv' | 'sniffParquet' | 'isQuick'> {
  readonly sniff: TablesService['sniff'];
  readonly sniffParquet: TablesService['sniffParquetFile'];
  readonly fs: FsPort;
  /** Where facts are remembered. */
  readonly folder: string;
  readonly hashes: FileHashes;
  readonly folders: FolderHashes;
  readonly lookup: NodeLookup;
  /** Sources that are being read. */
  readonly reading: SharedWork<SourceFacts>;
  /** Reads no file through: facts that are not remembered are those of a first look, or left out. */
  readonly quick?: boolean;
  /** Asks these sources alone. */
  readonly only?: ReadonlySet<NodeId>;
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
    if (!definition || !readsFiles(definition)) continue;
    const { params } = checkNode(node, definition);
    if (!params || node.muted || node.bypassed || options.only?.has(id) === false) continue;
    try {
      const files = await hashContents(definition, params, options);
      Object.assign(contents, files.contents);
      if (!definition.probe) continue;
      const found = await recallOrProbe(definition, params, { ...options, ...files });
      if (found) facts[id] = found;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push({ ...error.problem, node: node.name });
    }
  }
  return { facts, contents, problems };
}

interface FoundFiles {
  readonly contents: Contents;
  /** Every file's content is known: facts of it can be remembered. */
  readonly isKnown: boolean;
}

/** Contents of the files that a node names in its params. */
async function hashContents(
  definition: NodeDefinition,
  params: EffectiveParams,
  options: ProbeOptions,
): Promise<FoundFiles> {
  const contents: Record<string, Hash> = {};
  let isKnown = true;
  for (const [name, declared] of Object.entries(definition.params)) {
    const path = params[name];
    if (declared.type !== 'file' || typeof path !== 'string' || path === '') continue;
    const hash = await atParam(name, () => hashContent(options.files.resolve(path), declared, options));
    if (hash) contents[path] = hash;
    else isKnown = false;
  }
  return { contents, isKnown };
}

async function hashContent(
  path: string,
  { isFolder, extensions }: FileParam,
  { hashes, folders, quick = false, signal }: ProbeOptions,
): Promise<Hash | undefined> {
  if (isFolder) return folders.hash(path, extensions, { isQuick: quick, signal });
  return quick ? hashes.known(path) : hashes.hash(path, signal);
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
  options: ProbeOptions & FoundFiles,
): Promise<SourceFacts | undefined> {
  const { fs, folder, quick, signal, reading } = options;
  const key = hashData({ kind: definition.kind, version: definition.version, params, contents: options.contents });
  const path = join(folder, `facts-${hashName(key)}.json`);
  const known = options.isKnown ? await recall(fs, path) : undefined;
  if (known) return known;
  if (quick) return glance(definition, params, options);
  return reading.ask(key, signal, async (stop) => {
    const facts = await probe(definition, params, { ...options, signal: stop });
    await fs
      .makeFolder(folder)
      .then(() => writeFileAtomic(fs, path, Buffer.from(stableStringify(facts))))
      .catch(() => undefined);
    return facts;
  });
}

async function probe(
  definition: NodeDefinition,
  params: EffectiveParams,
  { signal, files, images, sniff, sniffParquet, quick = false }: ProbeOptions,
): Promise<SourceFacts> {
  const sniffCsv: ProbeContext['sniffCsv'] = (path, overrides) => sniff({ path, overrides, quick, signal });
  // Params were checked against the definition that erased their names.
  const facts = await definition.probe?.(params as never, {
    ...{ signal, files, images, sniffCsv, isQuick: quick },
    sniffParquet: (path) => sniffParquet({ path, quick, signal }),
  });
  if (!facts) throw new Error(`${definition.kind} has no probe.`);
  return facts;
}

/** The facts of a first look; nothing where a file would have to be read through. */
async function glance(
  definition: NodeDefinition,
  params: EffectiveParams,
  options: ProbeOptions,
): Promise<SourceFacts | undefined> {
  try {
    return await probe(definition, params, glanceContext(options));
  } catch (error) {
    if (error instanceof TooLargeToGlance) return undefined;
    throw error;
  }
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
