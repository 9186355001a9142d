import { setImmediate } from 'node:timers/promises';
import { secretNames } from '../../src-shared/document/secret-names';
import type { AskOf, RequestName } from '../../src-shared/ipc';
import { lookupNode } from '../../src-shared/nodes/catalog';
import { ProblemError } from '../../src-shared/problem';
import { newUseProblem, unaskedUses } from '../../src-shared/secret-use';
import type { Ticket } from '../../src-shared/window-data';
import { environmentOf } from '../exports/targets/check-config';
import { usesIn } from '../exports/targets/document-uses';
import type { Client, HandlerGroup } from '../ipc/handlers';
import type { Vault } from '../ipc/native';
import type { AllowedSecretUses } from '../settings/allowed-secret-uses';
import { type OpenDocuments, placeOf, type Viewer } from './open-documents';
import type { StoreRuns } from './store-runs';
import { keptSecrets } from './vault-environment';
import type { WindowClients } from './window-clients';
import { WindowRun } from './window-run';

export interface RunHandlerOptions {
  readonly runs: StoreRuns;
  readonly documents: OpenDocuments;
  readonly clients: WindowClients;
  readonly vault: Vault;
  readonly env: NodeJS.ProcessEnv;
  readonly allowed: AllowedSecretUses;
  readonly onFault: (error: unknown, request: string) => void;
}

type RunRequestName = Extract<RequestName, `run:${string}`>;

/** Runs and their history. A run goes on when the window that started it goes; it ends with the host. */
export function createRunHandlers(options: RunHandlerOptions): HandlerGroup<RunRequestName> {
  const { runs, documents } = options;
  const running = new Map<
    Ticket,
    { readonly run: WindowRun; readonly ask: AskOf<'run:start'>; readonly ended: Promise<void> }
  >();
  return {
    handlers: {
      'run:start': async (ask, client) => {
        const place = placeOf(documents, ask.id);
        await refuseUnaskedUses(ask, options);
        const run = begin(ask.id, client, options);
        const ended = follow(run, { ask, place }, options).finally(() => running.delete(run.ticket));
        running.set(run.ticket, { run, ask, ended });
        return { ticket: run.ticket };
      },
      'run:cancel': async ({ ticket }) => {
        running.get(ticket)?.run.cancel();
        return {};
      },
      'run:current': async ({ id }, client) => {
        const isShown = (started: string) =>
          documents.viewersOf(started).some((viewer) => viewer.id === id && viewer.client === client.id);
        const found = [...running.values()].find(({ ask }) => isShown(ask.id));
        if (!found) return {};
        const { ticket, journal } = found.run;
        const { document } = found.ask;
        return { current: { ticket, document, ...(journal === undefined ? {} : { run: journal }) } };
      },
      'run:history': ({ id }) => {
        const place = placeOf(documents, id);
        return runs.use((service) => service.history(place));
      },
      'run:read': ({ run }) => runs.use(async (service) => ({ events: await service.runEvents(run) })),
      'run:document': ({ run }) => runs.use((service) => service.runDocument(run)),
    },
    close: async () => {
      for (const { run } of running.values()) run.cancel();
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}

function begin(id: string, client: Client, { documents, clients, onFault }: RunHandlerOptions): WindowRun {
  const isStarter = (viewer: Viewer) => viewer.client === client.id;
  return new WindowRun({
    clients,
    viewers: () => [{ client: client.id, id }, ...documents.viewersOf(id).filter((viewer) => !isStarter(viewer))],
    onFault: (error) => onFault(error, 'run:start'),
  });
}

interface Started {
  readonly ask: AskOf<'run:start'>;
  readonly place: { readonly base: string; readonly name: string };
}

async function follow(
  run: WindowRun,
  { ask: { id: _, ...ask }, place }: Started,
  { runs, vault, allowed }: RunHandlerOptions,
): Promise<void> {
  // The window has to know the ticket before it hears of it.
  await setImmediate();
  const prepare = async () => {
    const secrets = Object.fromEntries(await secretsOf(vault, ask));
    return { ...ask, ...place, secrets, allowed: await allowed.list() };
  };
  await runs.use((service) => run.run(service, prepare));
}

/** What the vault keeps of the secrets that the document's nodes name; the environment's own the engine has itself. */
function secretsOf(vault: Vault, { document }: Pick<AskOf<'run:start'>, 'document'>): Promise<Map<string, string>> {
  return keptSecrets(vault, secretNames(document, lookupNode));
}

/**
 * Before hours of training: a person is asked about every secret that would go where nobody has agreed to.
 * @throws ProblemError `secret-use-new`
 */
async function refuseUnaskedUses(
  ask: Pick<AskOf<'run:start'>, 'document' | 'to'>,
  { vault, env, allowed }: RunHandlerOptions,
): Promise<void> {
  const kept = await secretsOf(vault, ask);
  const own = environmentOf(env);
  const uses = usesIn(ask, lookupNode, (name) => kept.get(name) ?? own(name));
  const found = newUseProblem(unaskedUses(uses, await allowed.list()));
  if (found) throw new ProblemError(found);
}
