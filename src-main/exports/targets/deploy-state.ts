import { dirname, join } from 'node:path';
import type { DeploymentState, Place } from '../../../src-shared/deploy';
import { type Hash, hashData } from '../../../src-shared/hash';
import { writeFileAtomic } from '../../files/atomic-write';
import { hashName } from '../../files/content-hash';
import { type FsPort, statIfThere } from '../../files/fs-port';
import { type DeployNote, deployNoteVersion, readDeployNote } from './deploy-note';

/** Folder of these files in the store. */
export const deployFolder = 'deploys';

/** What names a deployment: the same bundle to the same target with the same settings is the same deployment. */
export interface DeploymentKey {
  readonly target: string;
  readonly bundle: Hash;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A deployment with what people know it by. */
export interface Deployment extends DeploymentKey {
  /** The model's. */
  readonly name: string;
  /** Folder of the bundle. */
  readonly folder: string;
}

/** One text for each deployment. */
export function deploymentId({ target, bundle, config }: DeploymentKey): string {
  return hashName(hashData({ target, bundle, config }));
}

/**
 * What a deployment has done so far, in one small file, so that an interrupted one goes on. It saves questions and
 * holds what the other side cannot tell; where the file is lost or damaged the steps ask again. Never a secret.
 */
export class DeployState {
  private readonly done = new Set<string>();
  private readonly facts = new Map<string, string>();
  private place: Place | undefined;
  private state: DeploymentState = 'unfinished';

  private constructor(
    private readonly fs: FsPort,
    private readonly path: string,
    private readonly deployment: Deployment,
  ) {}

  static async open(fs: FsPort, folder: string, deployment: Deployment): Promise<DeployState> {
    const state = new DeployState(fs, join(folder, `${deploymentId(deployment)}.json`), deployment);
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

  /** Notes how the deployment as a whole stands now, and where. */
  async settle(state: DeploymentState, place?: Place): Promise<void> {
    this.state = state;
    this.place = place ?? this.place;
    await this.save();
  }

  /** After a deployment was deleted. */
  async clear(): Promise<void> {
    this.done.clear();
    this.facts.clear();
    await this.fs.remove(this.path);
  }

  async save(): Promise<void> {
    const note: DeployNote = {
      format: 'modelyard-deploy',
      version: deployNoteVersion,
      ...this.deployment,
      state: this.state,
      ...(this.place ? { place: this.place } : {}),
      updatedAt: new Date().toISOString(),
      done: [...this.done],
      facts: Object.fromEntries(this.facts),
    };
    await this.fs.makeFolder(dirname(this.path));
    await writeFileAtomic(this.fs, this.path, new TextEncoder().encode(`${JSON.stringify(note, undefined, 2)}\n`));
  }

  private async load(): Promise<void> {
    if (!(await statIfThere(this.fs, this.path))) return;
    const note = readDeployNote(await this.fs.read(this.path));
    for (const step of note?.done ?? []) this.done.add(step);
    for (const [name, value] of Object.entries(note?.facts ?? {})) this.facts.set(name, value);
    if (note?.version !== deployNoteVersion) return;
    this.place = note.place;
    this.state = note.state;
  }
}
