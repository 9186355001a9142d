import { basename } from 'node:path';
import { decodeText } from '../../src-shared/document/decode-text';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { type Problem, problem } from '../../src-shared/problem';
import type { FileUse } from '../../src-shared/window-data';
import { withDiskProblems } from '../files/disk-problem';
import type { FsPort } from '../files/fs-port';
import { requireFile } from '../files/require-file';
import type { DocumentParts } from './document-parts';
import { pathFromReal } from './relative-path';
import { endingsOfContent, isText } from './sniff-content';

const sampleBytes = 65_536;
/** As for opening: what is larger is no pipeline. */
const largestPipeline = 64 * 2 ** 20;

export interface FileUseParts extends Pick<DocumentParts, 'fs'> {
  readonly nodes: readonly NodeDefinition[];
}

/** What a file is good for, told by its content; its name only decides between readers that could both take it. */
export async function useOfFile(
  { fs, nodes }: FileUseParts,
  { path, base }: { readonly path: string; readonly base: string },
): Promise<FileUse> {
  const { size } = await requireFile(fs, path);
  const start = await withDiskProblems(path, () => firstBytes(fs, path));
  if (size <= largestPipeline && isText(start) && (await isPipeline(fs, path, start))) return { kind: 'pipeline' };
  const endings = endingsOfContent(start);
  const readers = readersOf(nodes).filter(({ extensions }) => extensions.some((each) => endings.includes(each)));
  const name = basename(path).toLowerCase();
  const reader = readers.find(({ extensions }) => extensions.some((each) => hasEnding(name, each))) ?? readers[0];
  if (!reader) return { kind: 'unknown', problem: unknownUse(path, nodes) };
  return { kind: 'data', node: reader.node, param: reader.param, path: await pathFromReal(fs, base, path) };
}

/** The first file that each node names: a file that is dropped on the canvas goes there. */
function readersOf(nodes: readonly NodeDefinition[]) {
  return nodes.flatMap(({ kind, params }) => {
    for (const [param, declared] of Object.entries(params)) {
      if (declared.type === 'file' && !declared.isFolder)
        return [{ node: kind, param, extensions: declared.extensions }];
    }
    return [];
  });
}

/** `train-images-idx3-ubyte` ends as `images.idx3-ubyte` does. */
function hasEnding(name: string, ending: string): boolean {
  return name.endsWith(`.${ending}`) || name.endsWith(`-${ending}`);
}

function unknownUse(path: string, nodes: readonly NodeDefinition[]): Problem {
  const endings = new Set(readersOf(nodes).flatMap(({ extensions }) => extensions));
  return problem('file-use-unknown', { name: basename(path), endings: [...endings].join(', ') });
}

async function firstBytes(fs: FsPort, path: string): Promise<Uint8Array> {
  for await (const piece of fs.readPieces(path)) return piece.subarray(0, sampleBytes);
  return new Uint8Array();
}

async function isPipeline(fs: FsPort, path: string, start: Uint8Array): Promise<boolean> {
  if (!/^\uFEFF?\s*\{/.test(Buffer.from(start.subarray(0, 1000)).toString('utf8'))) return false;
  const decoded = decodeText(await withDiskProblems(path, () => fs.read(path)));
  return 'text' in decoded && /"format"\s*:\s*"modelyard"/.test(decoded.text);
}
