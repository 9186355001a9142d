import type { HandlerGroup } from '../ipc/handlers';
import { type OpenDocuments, placeOf } from './open-documents';
import type { StoreRuns } from './store-runs';

type LookRequest = 'document:probe' | 'document:plan' | 'document:preview' | 'report:examples';

export interface LookOptions {
  readonly runs: StoreRuns;
  readonly documents: OpenDocuments;
}

/** Looks at data and plans without running. What a window asked for ends when the window goes. */
export function createLookHandlers({ runs, documents }: LookOptions): HandlerGroup<LookRequest> {
  const leaving = new Map<string, AbortController>();
  const signalOf = (client: string): AbortSignal => {
    const abort = leaving.get(client) ?? new AbortController();
    leaving.set(client, abort);
    return abort.signal;
  };
  return {
    handlers: {
      'document:probe': ({ id, ...ask }, client) => {
        const place = placeOf(documents, id);
        return runs.use(async (service) => {
          const { facts, problems } = await service.probe({ ...ask, ...place }, signalOf(client.id));
          return { facts, problems };
        });
      },
      'document:plan': ({ id, ...ask }, client) => {
        const place = placeOf(documents, id);
        return runs.use((service) => service.plan({ ...ask, ...place }, signalOf(client.id)));
      },
      'document:preview': ({ id, ...ask }, client) => {
        const place = placeOf(documents, id);
        return runs.use((service) => service.preview({ ...ask, ...place }, signalOf(client.id)));
      },
      'report:examples': ({ id, ...ask }, client) => {
        const place = placeOf(documents, id);
        return runs.use((service) => service.examples({ ...ask, ...place }, signalOf(client.id)));
      },
    },
    clientGone: async ({ id }) => {
      leaving.get(id)?.abort();
      leaving.delete(id);
    },
    close: async () => {
      for (const abort of leaving.values()) abort.abort();
      leaving.clear();
    },
  };
}
