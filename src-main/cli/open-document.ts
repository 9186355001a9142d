import { basename, dirname } from 'node:path';
import { decodeText } from '../../src-shared/document/decode-text';
import type { YardDocument } from '../../src-shared/document/document';
import { loadDocument } from '../../src-shared/document/load';
import { applySettings, findNode, unknownNode } from '../../src-shared/document/set-params';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { Problem } from '../../src-shared/problem';
import { fail } from '../../src-shared/problem';
import type { DocumentRequest } from '../engine/messages';
import { withDiskProblems } from '../files/disk-problem';
import { realFs } from '../files/fs-port';
import { requireFile } from '../files/require-file';
import { asInput, WrongInput } from './wrong-input';

export interface DocumentOptions {
  /** `node.param=value`, in order. */
  readonly set?: readonly string[];
  readonly to?: string;
  readonly cache?: boolean;
}

/** Bytes; what has fewer is read, and then measured in characters. */
const largestFile = 64 * 2 ** 20;

/** Reads a document with the command line's changes. Throws WrongInput where that cannot be done. */
export async function openDocument(file: string, options: DocumentOptions = {}): Promise<DocumentRequest> {
  return asInput(() => readDocument(file, options));
}

async function readDocument(file: string, options: DocumentOptions): Promise<DocumentRequest> {
  const { size } = await requireFile(realFs, file);
  if (size > largestFile)
    fail('file-too-large', { megabytes: Math.ceil(size / 2 ** 20), limit: largestFile / 2 ** 20 });
  const path = await withDiskProblems(file, () => realFs.realPath(file));
  const decoded = decodeText(await withDiskProblems(file, () => realFs.read(path)));
  if ('problem' in decoded) throw new WrongInput([decoded.problem]);
  const loaded = loadDocument(decoded.text, { lookup: lookupNode });
  if (!loaded.document) throw new WrongInput(loaded.problems);
  const changed = applySettings(loaded.document, options.set ?? [], lookupNode);
  if (!changed.document) throw new WrongInput(changed.problems);
  const wrongTarget = missingTarget(changed.document, options.to);
  if (wrongTarget) throw new WrongInput([wrongTarget]);
  return {
    document: changed.document,
    base: dirname(path),
    name: basename(file),
    ...(options.to === undefined ? {} : { to: options.to }),
    ...(options.cache === false ? { noCache: true } : {}),
  };
}

function missingTarget(document: YardDocument, to: string | undefined): Problem | undefined {
  return to === undefined || findNode(document, to) !== undefined ? undefined : unknownNode(document, to);
}
