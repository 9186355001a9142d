import { join } from 'node:path';
import type { NodeId } from '../../src-shared/document/document';
import type { Hash } from '../../src-shared/hash';
import { seedFor } from '../../src-shared/plan/keys';
import type { Checkpoint, Checkpoints, RunContext, Tables } from '../../src-shared/runs/run-context';
import { hashName } from '../files/content-hash';
import { documentFiles } from './document-files';
import { CheckpointFolder } from './journal/checkpoint-folder';
import { listRuns } from './journal/read-journal';
import { checkpointsName } from './journal/run-folder';
import type { GraphRun } from './run-graph';

interface Step {
  readonly id: NodeId;
  readonly name: string;
  readonly key: Hash | undefined;
}

/** All that a step may reach, made when it is reached for; `close` takes back what the step left open. */
export class StepContext implements RunContext {
  readonly node: RunContext['node'];
  private opened: ReturnType<typeof closingTables> | undefined;
  private found: StepCheckpoints | undefined;

  constructor(
    private readonly run: GraphRun,
    private readonly step: Step,
  ) {
    this.node = { id: step.id, name: step.name };
  }

  get facts(): RunContext['facts'] {
    const facts = this.run.prepared.facts[this.step.id];
    return facts?.exact ? facts : undefined;
  }

  get tables(): Tables {
    this.opened ??= closingTables(this.run.parts.tables);
    return this.opened.tables;
  }

  get programs(): RunContext['programs'] {
    return this.run.programs;
  }

  get store(): RunContext['store'] {
    return this.run.parts.store.blobs;
  }

  get files(): RunContext['files'] {
    const { parts, ask } = this.run;
    return documentFiles(parts.fs, parts.hashes, ask.base);
  }

  get images(): RunContext['images'] {
    return this.run.parts.images;
  }

  get exports(): RunContext['exports'] {
    const { parts, programs, signal, emit, ask } = this.run;
    const { name } = this.step;
    const { secrets = {}, allowed = [] } = ask;
    return parts.exports({ programs, tables: this.tables, signal, emit, node: name, secrets, allowed });
  }

  get signal(): AbortSignal {
    return this.run.signal;
  }

  get seed(): RunContext['seed'] {
    return (role) => seedFor(this.run.prepared.keys, this.step.id, role);
  }

  get emit(): RunContext['emit'] {
    return this.run.emit;
  }

  get checkpoints(): Checkpoints {
    this.found ??= new StepCheckpoints(this.run, this.step.key);
    return this.found;
  }

  /** Whether there is anything to close. */
  get isOpen(): boolean {
    return this.opened !== undefined;
  }

  async close(): Promise<void> {
    await this.opened?.close();
  }
}

/** A step that fails half-way leaves no table open. */
function closingTables(tables: Tables): { readonly tables: Tables; readonly close: () => Promise<void> } {
  const open = new Set<{ close(): Promise<void> }>();
  return {
    tables: {
      ...tables,
      open: async (value) => {
        const table = await tables.open(value);
        open.add(table);
        const close = () => {
          open.delete(table);
          return table.close();
        };
        return { ...table, close };
      },
    },
    close: async () => {
      await Promise.all([...open].map((table) => table.close()));
    },
  };
}

/** How many earlier runs are looked through for checkpoints of the same training. */
const searched = 20;

/** Checkpoints by the step's key: a training that was cut short goes on in the next run where nothing changed. */
class StepCheckpoints implements Checkpoints {
  private folder: Promise<CheckpointFolder> | undefined;

  constructor(
    private readonly run: GraphRun,
    private readonly key: Hash | undefined,
  ) {}

  async save(checkpoint: Checkpoint): Promise<Hash> {
    return (await this.open()).save(checkpoint);
  }

  async latest(): Promise<Checkpoint | undefined> {
    return (await this.open()).latest();
  }

  private open(): Promise<CheckpointFolder> {
    this.folder ??= this.find();
    return this.folder;
  }

  private async find(): Promise<CheckpointFolder> {
    const { parts, folder, ask } = this.run;
    const name = join(checkpointsName, this.key ? hashName(this.key) : 'none');
    const { runs } = parts.store.folders;
    const earlier = ask.noCache || !this.key ? [] : (await listRuns(parts.fs, runs)).slice(0, searched);
    const folders = earlier.map((id) => join(runs, id, name)).filter((path) => path !== join(folder, name));
    return new CheckpointFolder(parts.fs, join(folder, name), folders);
  }
}
