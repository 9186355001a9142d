import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { EventName, Events } from '../../src-shared/ipc';
import type { Client } from '../ipc/handlers';

type Told = { [N in EventName]: { readonly name: N; readonly payload: Events[N] } }[EventName];

/** A window that remembers what it was told. */
export class TestWindow implements Client {
  readonly told: Told[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(readonly id: string) {}

  emit<N extends EventName>(name: N, payload: Events[N]): void {
    // Name and payload belong together by the signature.
    this.told.push({ name, payload } as Told);
    for (const wake of this.waiting.splice(0)) wake();
  }

  all<N extends EventName>(name: N): Events[N][] {
    // Filtered by this very name.
    return this.told.filter((one) => one.name === name).map(({ payload }) => payload as Events[N]);
  }

  /** The first such event, once it has come. */
  async hears<N extends EventName>(name: N, matches: (payload: Events[N]) => boolean = () => true): Promise<Events[N]> {
    for (;;) {
      const found = this.all(name).find(matches);
      if (found) return found;
      await new Promise<void>((wake) => this.waiting.push(wake));
    }
  }
}

/** Bundles an engine process whose nodes are those of tests. It lies in `out`, where packages are found. */
export async function buildTestEngine(name: string): Promise<{ readonly file: string; readonly remove: () => void }> {
  const file = join(import.meta.dirname, '../../out', `${name}.mjs`);
  const entryPoints = [join(import.meta.dirname, '../runs/test-engine-worker.ts')];
  await build({ entryPoints, outfile: file, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  return { file, remove: () => rmSync(file, { force: true }) };
}
