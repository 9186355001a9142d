import { addNode } from '../../src-shared/document/edit-nodes';
import { isProblem } from '../../src-shared/problem';
import type { FileUse } from '../../src-shared/window-data';
import { openPath } from '../app/documents';
import { problemOf, tell } from '../app/tell';
import { ask } from '../bridge/bridge';
import { known } from '../commands/active';
import { noteRecent } from '../library/recent-nodes';
import { select } from '../store/ui';
import type { Tab } from '../store/workspace';
import type { Point } from './wire-path';

/** Files that were dropped: a pipeline opens beside this one, data get the node that reads them. */
export async function takeFiles(tab: Tab, files: readonly File[], place: Point): Promise<void> {
  for (const [index, file] of files.entries()) {
    try {
      await takeFile(tab, file, { x: place.x, y: place.y + index * 96 });
    } catch (error) {
      tell(problemOf(error));
    }
  }
}

async function takeFile(tab: Tab, file: File, place: Point): Promise<void> {
  const path = await pathOf(tab, file);
  const use = await ask('file:use', { id: tab.id, path });
  if (use.kind === 'pipeline') await openPath(path);
  else if (use.kind === 'unknown') tell(use.problem);
  else addReader(tab, use, place);
}

/** The desktop tells where a file lies; what a browser holds is put beside the document first. */
async function pathOf({ id }: Tab, file: File): Promise<string> {
  const known = window.modelyard?.pathOf?.(file);
  if (known) return known;
  const { path } = await ask('file:import', { id, name: file.name, base64: await base64Of(file) });
  return path;
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

function addReader({ id, editor }: Tab, use: Extract<FileUse, { kind: 'data' }>, { x, y }: Point): void {
  const position = [Math.round(x / 8) * 8, Math.round((y - 32) / 8) * 8] as const;
  let made: string | undefined;
  const refused = editor.edit('node.add', (document) => {
    const params = { [use.param]: use.path };
    const added = addNode(document, { kind: use.node, position, params }, known.lookup);
    if (isProblem(added)) return added;
    made = added.id;
    return added.document;
  });
  if (refused) tell(refused);
  if (made === undefined) return;
  noteRecent(use.node);
  select(id, { nodes: [made] });
}
