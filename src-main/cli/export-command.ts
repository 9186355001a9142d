import { resolve } from 'node:path';
import { lookupNode, nodes } from '../../src-shared/nodes/catalog';
import type { DocumentRequest } from '../engine/messages';
import { withExport } from './document-exporter';
import { openDocument } from './open-document';
import { type RunOptions, runToEnd } from './run-command';
import { exitCodes, inSession } from './session';

export type ExportOptions = Omit<RunOptions, 'to'> & {
  /** Folder to write to. */
  readonly to: string;
  readonly node?: string;
};

/** `export FILE --to DIR`: runs what the model needs, writes the bundle and proves it. */
export function exportCommand(file: string, { to: folder, node, ...options }: ExportOptions): Promise<void> {
  return inSession(options, async (session) => {
    const ask = await openDocument(session, file, options);
    if (!ask) return exitCodes.wrongInput;
    return runToEnd(session, exportRequest(ask, folder, node));
  });
}

/** The request whose run ends with a bundle in `folder`. */
export function exportRequest(ask: DocumentRequest, folder: string, node: string | undefined): DocumentRequest {
  const wish = { folder: resolve(folder), ...(node === undefined ? {} : { node }) };
  return { ...ask, ...withExport(ask.document, wish, { lookup: lookupNode, nodes }) };
}
