import type { AskOf, RequestName } from '../../src-shared/ipc';
import { ProblemError } from '../../src-shared/problem';
import type { OpenedDocument } from '../../src-shared/window-data';
import type { Client, Handlers } from '../ipc/handlers';
import { beginDocument, beginDraft, emptyDocument } from './begin-document';
import type { DocumentParts } from './document-parts';
import { listExamples, openExample } from './examples';
import { attachDocument, closeDocument, takeOver } from './keep-hold';
import { claim, openFile } from './open-file';
import { saveDocument } from './save-document';

type Names = Exclude<
  Extract<RequestName, `document:${string}` | `recovery:${string}`>,
  'document:probe' | 'document:plan' | 'document:preview'
>;

const untitled = { en: 'Untitled', zh: '未命名' };

/** Opening, editing, saving and bringing back documents. */
export function documentHandlers(parts: DocumentParts): Pick<Handlers, Names> {
  const { open, recent, recoveries } = parts;
  return {
    'document:create': async (_ask, client) => {
      const draft = await beginDraft(parts, client, { name: untitled[parts.language()], document: emptyDocument() });
      return draft.view([]);
    },
    'document:open': ({ path }, client) => openFile(parts, path, client),
    'document:openExample': ({ name }, client) => openExample(parts, name, client),
    'document:reopen': (ask, client) => reopen(parts, ask, client),
    'document:attach': (ask, client) => attachDocument(parts, ask, client),
    'document:edit': async ({ id, label, patches }, client) => {
      await open.get(id, client).edit(label, patches);
      return {};
    },
    'document:save': ({ id, ...ask }, client) => saveDocument(parts, open.get(id, client), ask),
    'document:takeOver': ({ id }, client) => takeOver(parts, open.get(id, client)),
    'document:close': async ({ id, keepEdits }, client) => {
      await closeDocument(parts, open.get(id, client), keepEdits);
      return {};
    },
    'document:recent': () => recent.list(),
    'document:forget': ({ path }) => recent.forget(path),
    'document:examples': () => listExamples(parts),
    'recovery:list': () => recoveries.list(),
    'recovery:open': ({ id }, client) => openRecovery(parts, id, client),
    'recovery:discard': async ({ id }) => {
      await recoveries.discard(id);
      return {};
    },
  };
}

/** As it is open in this window; else from its journal; else from its file. */
async function reopen(
  parts: DocumentParts,
  { id, path }: AskOf<'document:reopen'>,
  client: Client,
): Promise<OpenedDocument> {
  const known = parts.open.find(id);
  if (known?.client.id === client.id) return known.view([]);
  try {
    return await openRecovery(parts, id, client);
  } catch (error) {
    const isGone = error instanceof ProblemError && error.problem.code === 'recovery-missing';
    if (!isGone || path === undefined) throw error;
    return openFile(parts, path, client);
  }
}

/** Opens what a crash left, with its edits; the journal stays until they are saved or not wanted. */
async function openRecovery(parts: DocumentParts, from: string, client: Client): Promise<OpenedDocument> {
  const { recoveries } = parts;
  const { base, document, edits, problems, newer } = await recoveries.open(from);
  const { path, name, folder, hash } = base;
  const claimed = path === undefined ? {} : await claim(parts, { path, name, newer });
  const place = { ...(path === undefined ? {} : { path }), name, base: folder };
  const opened = beginDocument(parts, client, { place, state: { document, hash, edits, from, ...claimed } });
  await opened.journal.begin(opened.journalStart()());
  await recoveries.thinOut(opened.id);
  return opened.view(problems);
}
