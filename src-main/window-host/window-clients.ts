import type { EventName, Events } from '../../src-shared/ipc';
import type { Client } from '../ipc/handlers';

/** The windows that are connected now. */
export class WindowClients {
  private readonly connected = new Map<string, Client>();

  add(client: Client): void {
    this.connected.set(client.id, client);
  }

  remove({ id }: Pick<Client, 'id'>): void {
    this.connected.delete(id);
  }

  tellAll<N extends EventName>(name: N, payload: Events[N]): void {
    for (const client of this.connected.values()) client.emit(name, payload);
  }

  /** Tells these windows, each once; those that are gone are left out. */
  tell<N extends EventName>(ids: Iterable<string>, name: N, payload: Events[N]): void {
    for (const id of new Set(ids)) this.connected.get(id)?.emit(name, payload);
  }
}
