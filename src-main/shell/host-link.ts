import { type ChildProcess, fork } from 'node:child_process';
import type { EventName, RequestName } from '../../src-shared/ipc';
import { problem } from '../../src-shared/problem';
import type { ClientId, FromHost, HostAnswer, HostArgument, NativeMessage, ToHost } from '../../src-shared/shell-link';
import { RestartLimit } from './restart-limit';

/** What the link needs of the shell. */
export interface HostLinkOptions {
  readonly node: string;
  readonly file: string;
  readonly argument: HostArgument;
  readonly onEvent: (client: ClientId, name: EventName, payload: unknown) => void;
  readonly onCall: (message: NativeMessage) => Promise<unknown>;
  /** A new host has taken over. */
  readonly onRestarted: () => void;
  /** The host keeps ending. The link tries again when `retry` is called. */
  readonly onGivenUp: (reason: string, retry: () => void) => void;
}

const closeMs = 8000;

/** The host process and all that is said to it. A host that ends is replaced, at most three times a minute. */
export class HostLink {
  private child: ChildProcess | undefined;
  private isReady = false;
  private isClosing = false;
  private nextId = 1;
  private unsent: ToHost[] = [];
  private readonly clients = new Set<ClientId>();
  private readonly pending = new Map<number, (answer: HostAnswer) => void>();
  private readonly limit = new RestartLimit(3);

  constructor(private readonly options: HostLinkOptions) {}

  start(): void {
    const { node, file, argument } = this.options;
    const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env;
    const child = fork(file, [JSON.stringify(argument)], {
      execPath: node,
      execArgv: [],
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child = child;
    this.isReady = false;
    // A host sends nothing but messages of its contract.
    child.on('message', (message) => this.receive(message as FromHost));
    child.on('error', (error) => this.ended(child, error.message));
    child.on('exit', (code, signal) => this.ended(child, String(signal || code)));
  }

  /** Never rejects: a host that ends meanwhile is a problem like any other. */
  ask(client: ClientId, name: RequestName, ask: unknown): Promise<HostAnswer> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.pending.set(id, resolve);
      this.send({ kind: 'ask', id, client, name, ask });
    });
  }

  clientOpened(client: ClientId): void {
    this.clients.add(client);
    if (this.isReady) this.send({ kind: 'client-opened', client });
  }

  clientClosed(client: ClientId): void {
    if (this.clients.delete(client) && this.isReady) this.send({ kind: 'client-closed', client });
  }

  /** Lets the host end its engines and flush what it keeps; ends it by force where that takes too long. */
  close(): Promise<void> {
    this.isClosing = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const force = setTimeout(() => child.kill('SIGKILL'), closeMs);
      child.once('exit', () => {
        clearTimeout(force);
        resolve();
      });
      child.send({ kind: 'close' }, () => undefined);
    });
  }

  private send(message: ToHost): void {
    if (this.isReady && this.child?.connected) this.child.send(message, () => undefined);
    else this.unsent.push(message);
  }

  private receive(message: FromHost): void {
    if (message.kind === 'ready') this.ready();
    else if (message.kind === 'event') this.options.onEvent(message.client, message.name, message.payload);
    else if (message.kind === 'native') void this.call(message);
    else this.settle(message.id, message.answer);
  }

  private ready(): void {
    this.isReady = true;
    for (const client of this.clients) this.send({ kind: 'client-opened', client });
    const waiting = this.unsent;
    this.unsent = [];
    for (const message of waiting) this.send(message);
  }

  private settle(id: number, answer: HostAnswer): void {
    this.pending.get(id)?.(answer);
    this.pending.delete(id);
  }

  private async call(message: NativeMessage): Promise<void> {
    const { id } = message;
    const { child } = this;
    const answer = await this.options.onCall(message).then(
      (value): ToHost => ({ kind: 'native-answer', id, value }),
      (error): ToHost => ({ kind: 'native-answer', id, error: error instanceof Error ? error.message : String(error) }),
    );
    // A host that was replaced meanwhile would take the answer for that to a call of its own.
    if (child === this.child) this.send(answer);
  }

  private ended(child: ChildProcess, reason: string): void {
    if (child !== this.child) return;
    this.child = undefined;
    this.isReady = false;
    this.unsent = [];
    const lost = [...this.pending.values()];
    this.pending.clear();
    for (const resolve of lost) resolve({ ok: false, problem: problem('host-gone') });
    if (!this.isClosing) this.restart(reason);
  }

  private restart(reason: string): void {
    if (!this.limit.allows(Date.now())) {
      this.options.onGivenUp(reason, () => this.restart(reason));
      return;
    }
    this.start();
    this.options.onRestarted();
  }
}
