import { join } from 'node:path';
import { type LoadResult, loadDocument } from '../../../src-shared/document/load';
import type { NodeLookup } from '../../../src-shared/nodes/catalog';
import { fail, type Problem, problem } from '../../../src-shared/problem';
import type { DocumentRequest } from '../../engine/messages';
import { withStoreLock } from '../../engine/store/store-lock';
import { writeAll, writeFileAtomic } from '../../files/atomic-write';
import { hashContent, hashName } from '../../files/content-hash';
import { withDiskProblems } from '../../files/disk-problem';
import { type FsPort, isDiskError, listIfThere, statIfThere } from '../../files/fs-port';
import { ownerState, type ProcessOwner, thisProcess } from '../../files/process-owner';
import { compactLines, encodeEvent, type QueueFile, readQueueFile } from './queue-lines';
import { foldQueue, type QueueEntry, type QueueEvent, type QueueState } from './queue-state';

/** Lines after which the file is written anew. */
const longFile = 500;
/** A run whose process died so often is not begun again: it may be what kills it. */
const maxStarts = 5;

/** What `take` found. */
export type Taken = QueueEntry | 'busy' | 'empty';

/**
 * The runs that wait in a store: the fold of a file of lines that are appended and flushed under a lock, so that hosts
 * which share the store never take the same run, and none is forgotten when all of them are killed. Secrets are not in
 * it; whoever runs an entry asks for them again.
 */
export class RunQueue {
  private readonly folder: string;
  private readonly file: string;
  /** Entries that this process runs. */
  private readonly held = new Set<string>();

  constructor(
    private readonly fs: FsPort,
    store: string,
    private readonly self: ProcessOwner = thisProcess(),
  ) {
    this.folder = join(store, 'queue');
    this.file = join(this.folder, 'queue.ndjson');
  }

  /** What waits, runs and is over, and what is wrong with the file. Waits for nobody. */
  async list(): Promise<{ readonly entries: readonly QueueEntry[]; readonly problems: readonly Problem[] }> {
    const { state, damaged } = await withDiskProblems(this.file, () => this.read());
    const problems = damaged === 0 ? [] : [problem('queue-damaged', { lines: damaged }, { severity: 'warning' })];
    return { entries: state.entries, problems };
  }

  /** Puts a run at the end of the line, with the document as it is now. */
  async enqueue({ document, base, name, to, noCache, partial }: DocumentRequest): Promise<QueueEntry> {
    const text = `${JSON.stringify(document)}\n`;
    const hash = hashContent(text);
    const settings = { ...(to ? { to } : {}), ...(noCache ? { noCache } : {}), ...(partial ? { partial } : {}) };
    const { entries } = await this.change(async ({ last }) => {
      await this.keepDocument(hash, text);
      return [{ type: 'enqueued', id: String(last + 1), at: now(), name, base, document: hash, ...settings }];
    });
    // It was added as the last.
    return entries.at(-1) as QueueEntry;
  }

  /** Takes a run out of the line, or asks whoever runs it to stop. */
  async cancel(id: string): Promise<void> {
    await this.change(({ entries }) => {
      const { state } = find(entries, id);
      if (state === 'running') return [{ type: 'stopping', id, at: now() }];
      return state === 'waiting' ? [{ type: 'ended', id, at: now(), state: 'cancelled' }] : [];
    });
  }

  /** @param place among those that wait, from 0 */
  async move(id: string, place: number): Promise<void> {
    await this.change(({ entries }) => {
      const { state } = find(entries, id);
      return state === 'waiting' ? [{ type: 'moved', id, at: now(), place }] : fail('queue-not-waiting', { id });
    });
  }

  /** Takes everything out that waits. */
  async clear(): Promise<void> {
    await this.change(({ entries }) =>
      entries
        .filter(({ state }) => state === 'waiting')
        .map(({ id }) => ({ type: 'ended', id, at: now(), state: 'cancelled' })),
    );
  }

  /** The next run, now this process's; `busy` while another process, or this one, runs one. */
  async take(): Promise<Taken> {
    let begun: string | undefined;
    const { entries } = await this.change((before) => {
      const left = before.entries.filter((entry) => entry.state === 'running' && this.isLeft(entry)).map(giveUp);
      const { entries: after } = left.reduce(foldQueue, before);
      const next = after.some(({ state }) => state === 'running') ? undefined : after.find(isWaiting);
      if (!next) return left;
      begun = next.id;
      return [...left, { type: 'started', id: next.id, at: now(), owner: this.self }];
    });
    const mine = entries.find(({ id }) => id === begun);
    if (mine) {
      this.held.add(mine.id);
      return mine;
    }
    return entries.some(({ state }) => state === 'running') ? 'busy' : 'empty';
  }

  /** How a run that was taken ended; `released` puts it back into its place. */
  async end(id: string, how: Pick<EndedEvent, 'state' | 'run' | 'problems'> | 'released'): Promise<void> {
    try {
      await this.change(({ entries }) => {
        if (how !== 'released') return [{ type: 'ended', id, at: now(), ...how }];
        // Somebody wanted it to stop for good meanwhile.
        const { isStopping } = find(entries, id);
        return [
          isStopping ? { type: 'ended', id, at: now(), state: 'cancelled' } : { type: 'released', id, at: now() },
        ];
      });
    } finally {
      this.held.delete(id);
    }
  }

  /** What an entry runs: the document as it was, brought to this version's nodes. */
  async askOf(
    { document, base, name, to, noCache, partial }: QueueEntry,
    lookup: NodeLookup,
  ): Promise<DocumentRequest> {
    const loaded = await withDiskProblems(this.folder, () => this.readDocument(document, lookup));
    if (!loaded?.document) return fail('queue-document-lost', { name });
    const settings = { ...(to ? { to } : {}), ...(noCache ? { noCache } : {}), ...(partial ? { partial } : {}) };
    return { document: loaded.document, base, name, ...settings };
  }

  private async change(decide: (state: QueueState) => QueueEvent[] | Promise<QueueEvent[]>): Promise<QueueState> {
    return withDiskProblems(this.file, () =>
      withStoreLock(this.fs, this.folder, async () => {
        const before = await this.read();
        const events = await decide(before.state);
        const state = events.reduce(foldQueue, before.state);
        if (events.length === 0) return state;
        if (before.isTorn || before.damaged > 0 || before.lines > longFile) await this.writeAnew(before, state);
        else await this.append(events);
        return state;
      }),
    );
  }

  private async read(): Promise<QueueFile> {
    try {
      return readQueueFile(Buffer.from(await this.fs.read(this.file)).toString('utf8'));
    } catch (error) {
      if (isDiskError(error, 'ENOENT')) return readQueueFile('');
      throw error;
    }
  }

  private async append(events: readonly QueueEvent[]): Promise<void> {
    const isNew = !(await statIfThere(this.fs, this.file));
    const file = await this.fs.open(this.file, isNew ? 'create-new' : 'append');
    try {
      await writeAll(file, Buffer.from(events.map(encodeEvent).join('')));
      await file.sync();
    } finally {
      await file.close();
    }
    if (isNew) await this.fs.syncFolder(this.folder);
  }

  private async writeAnew({ damaged }: QueueFile, state: QueueState): Promise<void> {
    if (damaged > 0) await writeFileAtomic(this.fs, `${this.file}.damaged`, await this.fs.read(this.file));
    const text = compactLines(state);
    await writeFileAtomic(this.fs, this.file, Buffer.from(text));
    const used = new Set(readQueueFile(text).state.entries.map(({ document }) => documentFile(document)));
    for (const name of await listIfThere(this.fs, join(this.folder, documents))) {
      if (!used.has(name)) await this.fs.remove(join(this.folder, documents, name)).catch(() => undefined);
    }
  }

  private async keepDocument(hash: Hash, text: string): Promise<void> {
    await this.fs.makeFolder(join(this.folder, documents));
    const path = join(this.folder, documents, documentFile(hash));
    const kept = await statIfThere(this.fs, path);
    if (kept?.size !== Buffer.byteLength(text)) await writeFileAtomic(this.fs, path, Buffer.from(text));
  }

  /** Undefined where it is not what was enqueued. */
  private async readDocument(hash: Hash, lookup: NodeLookup): Promise<LoadResult | undefined> {
    const path = join(this.folder, documents, documentFile(hash));
    if (!(await statIfThere(this.fs, path))) return undefined;
    const text = Buffer.from(await this.fs.read(path)).toString('utf8');
    return hashContent(text) === hash ? loadDocument(text, { lookup }) : undefined;
  }

  /** Its process is gone; or it is this one, which could not say how it ended. */
  private isLeft({ id, owner }: QueueEntry): boolean {
    if (!owner) return true;
    const isOurs = owner.pid === this.self.pid && owner.started === this.self.started && owner.host === this.self.host;
    return isOurs ? !this.held.has(id) : ownerState(owner) === 'dead';
  }
}

type EndedEvent = Extract<QueueEvent, { readonly type: 'ended' }>;
type Hash = QueueEntry['document'];

const documents = 'documents';

function documentFile(hash: Hash): string {
  return `${hashName(hash)}.yard`;
}

function now(): string {
  return new Date().toISOString();
}

function isWaiting({ state }: QueueEntry): boolean {
  return state === 'waiting';
}

function find(entries: readonly QueueEntry[], id: string): QueueEntry {
  return entries.find((entry) => entry.id === id) ?? fail('queue-no-entry', { id });
}

/** What becomes of a run whose process died. */
function giveUp({ id, isStopping, starts, name }: QueueEntry): QueueEvent {
  if (isStopping) return { type: 'ended', id, at: now(), state: 'cancelled' };
  if (starts < maxStarts) return { type: 'released', id, at: now() };
  const found = { code: 'queue-gave-up', severity: 'error' as const, values: { name, times: starts } };
  return { type: 'ended', id, at: now(), state: 'failed', problems: [found] };
}
