import { z } from 'zod';
import { isPageReload } from '../bridge/page-reload';
import { activate, useWorkspace } from '../store/workspace';
import { reopenDocument } from './documents';

/** Kept by the browser for this tab alone, over reloads and crashes; another tab has its own. */
const keptAs = 'modelyard.documents';

const keptSchema = z.object({
  documents: z.array(z.object({ id: z.string(), path: z.string().optional() })),
  active: z.int(),
});

/** A page that comes back shows what it had open, in the same order; from then on it remembers what is open. */
export async function reopenDocuments(): Promise<void> {
  const kept = isPageReload() ? readKept() : undefined;
  const shown: (string | undefined)[] = [];
  // One after the other: tabs stand in the order in which they came.
  for (const { id, path } of kept?.documents ?? []) {
    shown.push((await reopenDocument({ id, ...(path === undefined ? {} : { path }) }))?.id);
  }
  const active = shown[kept?.active ?? -1];
  if (active !== undefined) activate(active);
  useWorkspace.subscribe(keep);
  keep();
}

function keep(): void {
  const { tabs, active } = useWorkspace.getState();
  const documents = tabs.map(({ id, path }) => ({ id, path }));
  const kept = { documents, active: tabs.findIndex(({ id }) => id === active) };
  sessionStorage.setItem(keptAs, JSON.stringify(kept));
}

function readKept(): z.infer<typeof keptSchema> | undefined {
  try {
    return keptSchema.safeParse(JSON.parse(sessionStorage.getItem(keptAs) ?? 'null')).data;
  } catch {
    // What others wrote there is no list of ours.
    return undefined;
  }
}
