import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Hash, hashData } from '../../../src-shared/hash';
import { writeFileAtomic } from '../../files/atomic-write';
import { hashName } from '../../files/content-hash';
import { type FsPort, statIfThere } from '../../files/fs-port';

/** Folder of these files in the store. */
export const deployFolder = 'deploys';

const schema = z.object({
  format: z.literal('modelyard-deploy'),
  version: z.literal(1),
  target: z.string(),
  bundle: z.string(),
  done: z.array(z.string()),
  facts: z.record(z.string(), z.string()),
});

/** What names a deployment: the same bundle to the same target with the same settings is the same deployment. */
export interface DeploymentKey {
  readonly target: string;
  readonly bundle: Hash;
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * What a deployment has done so far, in one small file, so that an interrupted one goes on. It saves questions and
 * holds what the other side cannot tell; where the file is lost or damaged the steps ask again. Never a secret.
 */
export class DeployState {
  private readonly done = new Set<string>();
  private readonly facts = new Map<string, string>();

  private constructor(
    private readonly fs: FsPort,
    private readonly path: string,
    private readonly key: DeploymentKey,
  ) {}

  static async open(fs: FsPort, folder: string, key: DeploymentKey): Promise<DeployState> {
    const state = new DeployState(fs, join(folder, `${hashName(hashData(key))}.json`), key);
    await state.load();
    return state;
  }

  isDone(step: string): boolean {
    return this.done.has(step);
  }

  /** Something to remember between runs, e.g. an endpoint's URL. */
  fact(name: string): string | undefined {
    return this.facts.get(name);
  }

  setFact(name: string, value: string): void {
    this.facts.set(name, value);
  }

  /** Marks a step and writes the file. */
  async markDone(step: string): Promise<void> {
    if (this.done.has(step)) return;
    this.done.add(step);
    await this.save();
  }

  /** A step that has to be done again. */
  async forget(step: string): Promise<void> {
    if (this.done.delete(step)) await this.save();
  }

  /** After a deployment was deleted. */
  async clear(): Promise<void> {
    this.done.clear();
    this.facts.clear();
    await this.fs.remove(this.path);
  }

  async save(): Promise<void> {
    const { target, bundle } = this.key;
    const facts = Object.fromEntries(this.facts);
    const data = { format: 'modelyard-deploy', version: 1, target, bundle, done: [...this.done], facts };
    await this.fs.makeFolder(dirname(this.path));
    await writeFileAtomic(this.fs, this.path, new TextEncoder().encode(`${JSON.stringify(data, undefined, 2)}\n`));
  }

  private async load(): Promise<void> {
    if (!(await statIfThere(this.fs, this.path))) return;
    const parsed = schema.safeParse(readJson(await this.fs.read(this.path)));
    if (!parsed.success) return;
    for (const step of parsed.data.done) this.done.add(step);
    for (const [name, value] of Object.entries(parsed.data.facts)) this.facts.set(name, value);
  }
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
