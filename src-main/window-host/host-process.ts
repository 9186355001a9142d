import type { FromHost, ToHost } from '../../src-shared/shell-link';
import { realFs } from '../files/fs-port';
import type { Client } from '../ipc/handlers';
import { createWindowHost, type WindowHost } from './create-window-host';
import { ShellCalls } from './shell-calls';
import { parseHostArgument, parseToHost } from './shell-messages';
import { createShellNative } from './shell-native';

/**
 * The host process of the desktop app: Electron's shell forks it, carries the messages of its windows and does what
 * only Electron can. It ends when the shell does, however that ends.
 */
function main(): void {
  const argument = parseHostArgument(process.argv[2]);
  const calls = new ShellCalls(send);
  const native = createShellNative(calls, argument, realFs);
  const { paths, version } = argument;
  const host = createWindowHost({ native, paths, version });
  const clients = new Map<string, Client>();
  process.on('message', (message) => {
    const known = parseToHost(message);
    if (known?.kind === 'native-answer') calls.answered(known);
    else if (known?.kind === 'close') void leave(host);
    else if (known) take(host, clients, known);
  });
  process.on('disconnect', () => void leave(host));
  // Ctrl+C in a terminal reaches every process; the shell says when to leave.
  process.on('SIGINT', () => undefined);
  send({ kind: 'ready' });
}

type FromWindow = Exclude<ToHost, { kind: 'native-answer' | 'close' }>;

function take(host: WindowHost, clients: Map<string, Client>, message: FromWindow): void {
  const client = clients.get(message.client) ?? createClient(message.client);
  if (message.kind === 'client-closed') {
    clients.delete(client.id);
    void host.clientGone(client);
    return;
  }
  if (!clients.has(client.id)) {
    clients.set(client.id, client);
    host.connect(client);
  }
  if (message.kind === 'ask') {
    const { id, name, ask } = message;
    void host.ask(client, name, ask).then((answer) => send({ kind: 'answer', id, answer }));
  }
}

function createClient(id: string): Client {
  return { id, emit: (name, payload) => send({ kind: 'event', client: id, name, payload }) };
}

function send(message: FromHost): void {
  // The shell may be gone already; then nobody waits for this.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

let isLeaving = false;

async function leave(host: WindowHost): Promise<void> {
  if (isLeaving) return;
  isLeaving = true;
  await host.close();
  process.exit(0);
}

main();
