import type { YardDocument } from '../../src-shared/document/document';
import { applySettings, findNode, unknownNode } from '../../src-shared/document/set-params';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { Problem } from '../../src-shared/problem';
import { readDocument } from '../documents/read-document';
import type { DocumentRequest } from '../engine/messages';
import { realFs } from '../files/fs-port';
import { asInput, WrongInput } from './wrong-input';

export interface DocumentOptions {
  /** `node.param=value`, in order. */
  readonly set?: readonly string[];
  readonly to?: string;
  readonly cache?: boolean;
}

/** Reads a document with the command line's changes. Throws WrongInput where that cannot be done. */
export async function openDocument(file: string, options: DocumentOptions = {}): Promise<DocumentRequest> {
  return asInput(() => readChanged(file, options));
}

async function readChanged(file: string, options: DocumentOptions): Promise<DocumentRequest> {
  const loaded = await readDocument(realFs, file, { lookup: lookupNode });
  if (!loaded.document) throw new WrongInput(loaded.problems);
  const changed = applySettings(loaded.document, options.set ?? [], lookupNode);
  if (!changed.document) throw new WrongInput(changed.problems);
  const wrongTarget = missingTarget(changed.document, options.to);
  if (wrongTarget) throw new WrongInput([wrongTarget]);
  return {
    document: changed.document,
    base: loaded.base,
    name: loaded.name,
    ...(options.to === undefined ? {} : { to: options.to }),
    ...(options.cache === false ? { noCache: true } : {}),
  };
}

function missingTarget(document: YardDocument, to: string | undefined): Problem | undefined {
  return to === undefined || findNode(document, to) !== undefined ? undefined : unknownNode(document, to);
}
