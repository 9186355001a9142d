import { resolve } from 'node:path';
import { withExport } from '../../src-shared/document/export-edit';
import { lookupNode, nodes } from '../../src-shared/nodes/catalog';
import type { DocumentRequest } from '../engine/messages';
import { checkTarget } from '../exports/bundle-folder';
import { withDiskProblems } from '../files/disk-problem';
import { realFs } from '../files/fs-port';
import { openDocument } from './open-document';
import { type RunOptions, runToEnd } from './run-command';
import { inSession } from './session';
import { asInput } from './wrong-input';

export type ExportOptions = Omit<RunOptions, 'to'> & {
  /** Folder to write to. */
  readonly to: string;
  readonly node?: string;
};

/** `export FILE --to DIR`: runs what the model needs, writes the bundle and proves it. */
export function exportCommand(file: string, { to: folder, node, ...options }: ExportOptions): Promise<void> {
  return inSession(options, async (session) => {
    const ask = await openDocument(file, options);
    return runToEnd(session, await exportRequest(ask, folder, node));
  });
}

/** The request whose run ends with a bundle in `folder`. */
export async function exportRequest(
  ask: DocumentRequest,
  folder: string,
  node: string | undefined,
): Promise<DocumentRequest> {
  await asInput(() => withDiskProblems(folder, () => checkTarget(realFs, resolve(folder))));
  const wish = { folder: resolve(folder), file: ask.name, ...(node === undefined ? {} : { node }) };
  return asInput(() => ({ ...ask, ...withExport(ask.document, wish, { lookup: lookupNode, nodes }) }));
}
