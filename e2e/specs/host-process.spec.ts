import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromHost, HostAnswer, HostArgument, ToHost } from '../../src-shared/shell-link';
import { isRunning } from '../fixtures/machine';
import { Modelyard, root } from '../fixtures/modelyard';

/** What the desktop's shell is to its host: the other end of `shell-link.ts`. */
class Shell {
  readonly heard: FromHost[] = [];
  readonly child: ChildProcess;
  private nextId = 1;
  private wake: (() => void)[] = [];

  constructor({ folder }: Modelyard, isVaultLasting = false) {
    const argument: HostArgument = {
      paths: {
        data: join(folder, 'data'),
        store: join(folder, 'store'),
        resources: join(root, 'resources'),
        engineFile: join(root, 'out/engine.mjs'),
      },
      version: '0.0.0',
      systemLanguage: 'zh',
      isVaultLasting,
    };
    this.child = fork(join(root, 'out/host.mjs'), [JSON.stringify(argument)]);
    this.child.on('message', (message) => {
      // The host sends nothing else.
      this.heard.push(message as FromHost);
      for (const wake of this.wake.splice(0)) wake();
    });
  }

  send(message: ToHost): void {
    this.child.send(message);
  }

  async hears<K extends FromHost['kind']>(
    kind: K,
    matches: (message: Extract<FromHost, { kind: K }>) => boolean = () => true,
  ): Promise<Extract<FromHost, { kind: K }>> {
    for (;;) {
      // Filtered by this very kind.
      const known = this.heard.filter((one) => one.kind === kind) as Extract<FromHost, { kind: K }>[];
      const found = known.find(matches);
      if (found) return found;
      await new Promise<void>((wake) => this.wake.push(wake));
    }
  }

  /** Asks as the window `w`. */
  async ask(name: string, ask: unknown = {}): Promise<HostAnswer> {
    const id = this.nextId++;
    // A test may ask for what is no request.
    this.send({ kind: 'ask', id, client: 'w', name, ask } as ToHost);
    return (await this.hears('answer', (message) => message.id === id)).answer;
  }

  async ended(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }
}

let modelyard: Modelyard;
let shell: Shell;
beforeEach(() => {
  modelyard = new Modelyard();
});
afterEach(async () => {
  shell.child.kill('SIGKILL');
  await shell.ended();
  await modelyard.close();
});

async function start(isVaultLasting = false): Promise<void> {
  shell = new Shell(modelyard, isVaultLasting);
  await shell.hears('ready');
  shell.send({ kind: 'client-opened', client: 'w' });
}

describe('the host process of the desktop app', () => {
  it('is ready first, answers, and drops what is no message', async () => {
    await start();
    expect(shell.heard[0]).toEqual({ kind: 'ready' });
    for (const wrong of [null, 1, 'x', {}, { kind: 'ask' }, { kind: 'quit' }]) shell.child.send(wrong as never);
    expect(await shell.ask('app:info')).toMatchObject({ ok: true, value: { host: 'desktop', systemLanguage: 'zh' } });
    expect(await shell.ask('nope')).toMatchObject({ ok: false, problem: { code: 'request-unknown' } });
  });

  it('has the shell do what only Electron can', async () => {
    await start();
    const asked = shell.ask('dialog:open', { title: 'Open' });
    const { id, call, args } = await shell.hears('native');
    expect([call, args]).toEqual(['dialog', { kind: 'open', ask: { title: 'Open' }, client: 'w' }]);
    shell.send({ kind: 'native-answer', id, value: { path: '/a.yard' } });
    expect(await asked).toEqual({ ok: true, value: { path: '/a.yard' } });
    const refused = shell.ask('window:openLink', { url: 'https://example.org/' });
    const second = await shell.hears('native', (message) => message.call === 'openLink');
    shell.send({ kind: 'native-answer', id: second.id, error: 'not on the list' });
    expect(await refused).toMatchObject({ ok: false, problem: { code: 'native-failed' } });
  });

  it('keeps secrets as the keychain gives them, never plain', async () => {
    await start(true);
    const set = shell.ask('secret:set', { name: 'TOKEN', value: 'very-secret' });
    const { id, args } = await shell.hears('native', ({ call }) => call === 'encrypt');
    expect(args).toEqual({ text: 'very-secret' });
    shell.send({ kind: 'native-answer', id, value: { base64: 'c2VhbGVk' } });
    expect(await set).toEqual({ ok: true, value: { name: 'TOKEN', from: 'keychain' } });
    const kept = readFileSync(modelyard.path('data/secrets.json'), 'utf8');
    expect(kept).toContain('c2VhbGVk');
    expect(kept).not.toContain('very-secret');
  });

  it('leaves with its engines when the shell is gone', async () => {
    await start();
    expect(await shell.ask('document:openExample', { name: 'penguins' })).toMatchObject({ ok: true });
    const opened = await shell.hears('answer');
    const { id, document } = (opened.answer as { value: { id: string; document: unknown } }).value;
    expect(await shell.ask('run:start', { id, document })).toMatchObject({ ok: true });
    const { payload } = await shell.hears('event', ({ name }) => name === 'run:events');
    const { pid } = (payload as { events: readonly { pid: number }[] }).events[0] ?? { pid: 0 };
    expect(isRunning(pid)).toBe(true);
    shell.child.disconnect();
    expect(await shell.ended()).toBe(0);
    expect(isRunning(pid)).toBe(false);
  });

  it('leaves when it is told to', async () => {
    await start();
    shell.send({ kind: 'close' });
    expect(await shell.ended()).toBe(0);
  });
});
