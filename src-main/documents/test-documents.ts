import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { YardDocument } from '../../src-shared/document/document';
import type { AnswerOf, AskOf, EventName, Events } from '../../src-shared/ipc';
import { nodes } from '../../src-shared/nodes/catalog';
import type { Problem } from '../../src-shared/problem';
import { ProblemError } from '../../src-shared/problem';
import type { DocumentPatch } from '../../src-shared/window-data';
import { type FsPort, realFs } from '../files/fs-port';
import type { Client } from '../ipc/handlers';
import { createDocuments, type DocumentRequest, type Documents } from './create-documents';

/** A window of a test: asks by name, and remembers what it is told. */
export class TestWindow {
  readonly client: Client;
  readonly told: { readonly name: EventName; readonly payload: unknown }[] = [];
  private waiting: (() => void)[] = [];

  constructor(
    id: string,
    private readonly documents: Documents,
  ) {
    this.client = {
      id,
      emit: (name, payload) => {
        this.told.push({ name, payload });
        for (const wake of this.waiting.splice(0)) wake();
      },
    };
  }

  async ask<N extends DocumentRequest>(name: N, ask: AskOf<N>): Promise<AnswerOf<N>> {
    // The table holds a handler of this type under each name; TypeScript does not follow the index.
    const handler = this.documents.handlers[name] as (ask: AskOf<N>, client: Client) => Promise<AnswerOf<N>>;
    return handler(ask, this.client);
  }

  /** The problem that a request is refused with. */
  async refusal<N extends DocumentRequest>(name: N, ask: AskOf<N>): Promise<Problem | undefined> {
    try {
      await this.ask(name, ask);
      return undefined;
    } catch (error) {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    }
  }

  /** Waits until this window was told such a thing. */
  async hears<N extends EventName>(name: N): Promise<Events[N]> {
    for (;;) {
      const found = this.told.find((each) => each.name === name);
      // It was told under this name.
      if (found) return found.payload as Events[N];
      await new Promise<void>((wake) => {
        this.waiting.push(wake);
      });
    }
  }
}

/** A machine of a test: a real folder for people's files and one for the app. */
export interface TestMachine {
  readonly home: string;
  readonly data: string;
  /** A host, as if in a process of its own as far as windows can tell. */
  host(options?: { readonly fs?: FsPort; readonly now?: () => number }): Documents;
  remove(): Promise<void>;
}

export const examplesFolder = join(import.meta.dirname, '..', '..', 'resources', 'examples');

export async function openMachine(): Promise<TestMachine> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'documents-')));
  const home = join(root, 'home', 'somebody', 'work');
  const data = join(root, 'home', 'somebody', 'data');
  await mkdir(home, { recursive: true });
  const hosts: Documents[] = [];
  return {
    home,
    data,
    host: ({ fs = realFs, now = Date.now } = {}) => {
      const paths = { data, examples: examplesFolder, allowed: [home] };
      const made = createDocuments({ fs, paths, nodes, now });
      hosts.push(made);
      return made;
    },
    remove: async () => {
      await Promise.all(hosts.map((host) => host.close()));
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A document that differs by its seed. */
export function documentOf(seed: number, more: Partial<YardDocument> = {}): YardDocument {
  const empty = { nodes: {}, edges: {}, notes: {}, groups: {}, flows: {} };
  return { format: 'modelyard', version: 1, settings: { seed }, ...empty, ...more };
}

export function seedPatch(seed: number): readonly DocumentPatch[] {
  return [{ op: 'replace', path: ['settings', 'seed'], value: seed }];
}
