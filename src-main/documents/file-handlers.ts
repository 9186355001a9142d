import { isAbsolute } from 'node:path';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import type { Handlers } from '../ipc/handlers';
import type { DocumentParts } from './document-parts';
import { importFile } from './file-import';
import { useOfFile } from './file-use';
import { listFolder } from './folder-list';
import { pathFromReal } from './relative-path';

/** Files that are no documents: what a document may read, and where to find it. */
export function fileHandlers(
  parts: DocumentParts,
  nodes: readonly NodeDefinition[],
): Pick<Handlers, 'folder:list' | 'file:use' | 'file:import' | 'file:relative'> {
  const { fs, open } = parts;
  return {
    'folder:list': ({ path }) => listFolder(parts, path),
    'file:use': async ({ id, path }, client) =>
      useOfFile({ fs, nodes }, { path, base: open.get(id, client).place.base }),
    'file:import': async ({ id, name, base64 }, client) => ({
      path: await importFile(fs, open.get(id, client).place.base, { name, base64 }),
    }),
    'file:relative': async ({ id, path }, client) => ({
      path: isAbsolute(path) ? await pathFromReal(fs, open.get(id, client).place.base, path) : path,
    }),
  };
}
