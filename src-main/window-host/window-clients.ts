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

  /** Tells this window, unless it is gone. */
  tell<N extends EventName>(client: string, name: N, payload: Events[N]): void {
    this.connected.get(client)?.emit(name, payload);
  }
}
