import * as tf from '@tensorflow/tfjs-core';
import type { Entry, Step, StepProgram } from '../../../src-shared/ops/program';
import type { OpLookup } from '../../../src-shared/ops/program-builder';
import type { TensorData } from '../../../src-shared/ops/tensor';
import type { Session } from '../../../src-shared/runs/run-context';
import { copyFeed } from '../copy-feed';
import { MissingKernelError, ProgramWalk } from './program-walk';
import { SessionState } from './session-state';
import { fromTensor, toTensor } from './tensors';

/** tfjs backends, the fastest first. `cpu` has every kernel; `wasm` lacks the gradients of convolutions. */
export type PortableBackend = 'wasm' | 'cpu';

type Feeds = Readonly<Record<string, TensorData>>;

/**
 * A session that walks the step program with tfjs. It starts on the first backend and moves to the next for good when
 * a kernel is missing there; tfjs carries the state's tensors over.
 */
export class PortableSession implements Session {
  private readonly walk: ProgramWalk;
  private readonly program: StepProgram;
  private readonly plans = new Map<string, readonly Step[]>();
  private readonly state = new SessionState();
  private backends: readonly PortableBackend[];

  constructor(program: StepProgram, lookup: OpLookup, backends: readonly PortableBackend[]) {
    this.program = program;
    this.walk = new ProgramWalk(program, lookup);
    this.backends = backends;
  }

  async run(name: string, feeds: Feeds = {}): Promise<Record<string, TensorData>> {
    const entry = this.program.entries[name];
    if (!entry) throw new Error(`The program has no entry "${name}".`);
    const missing = Object.keys(entry.feeds).find((feed) => !feeds[feed]);
    if (missing) throw new Error(`The feed "${missing}" is missing.`);
    const copies = Object.fromEntries(Object.entries(feeds).map(([feed, value]) => [feed, copyFeed(value)]));
    for (;;) {
      // The backend is a property of the whole process, so every call sets it; from here on nothing awaits.
      await tf.setBackend(this.backends[0] ?? 'cpu');
      try {
        return this.runEntry(entry, this.plan(name, entry), copies);
      } catch (error) {
        this.state.rollBack();
        if (!(error instanceof MissingKernelError) || this.backends.length < 2) throw error;
        this.backends = this.backends.slice(1);
      }
    }
  }

  async close(): Promise<void> {
    this.state.dispose();
  }

  private plan(name: string, entry: Entry): readonly Step[] {
    const known = this.plans.get(name);
    if (known) return known;
    const roots = [...Object.values(entry.fetches).map(({ step }) => step), ...entry.targets];
    const steps = this.walk.needed(roots);
    this.plans.set(name, steps);
    return steps;
  }

  private runEntry(entry: Entry, steps: readonly Step[], feeds: Feeds): Record<string, TensorData> {
    const results: Record<string, TensorData> = {};
    tf.tidy(() => {
      const feed = (name: string) => {
        const value = feeds[name];
        if (!value) throw new Error(`The feed "${name}" is missing.`);
        return toTensor(value);
      };
      const read = this.walk.run(steps, { state: this.state, feed });
      for (const [name, ref] of Object.entries(entry.fetches)) {
        results[name] = fromTensor(read(ref), this.walk.typeOf(ref).dtype);
      }
    });
    this.state.commit();
    return results;
  }
}
