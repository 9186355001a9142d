import { basename, join } from 'node:path';
import { serialize } from '../../../src-shared/document/save';
import type { NodeLookup } from '../../../src-shared/nodes/catalog';
import { fail, ProblemError } from '../../../src-shared/problem';
import type { Recovery } from '../../../src-shared/window-data';
import { type FsPort, listIfThere } from '../../files/fs-port';
import { ownerState } from '../../files/process-owner';
import { readDocument } from '../read-document';
import { isDocumentId, type JournalBase, readBase } from './journal-base';
import { type Recovered, recoverDocument } from './recover-document';

/** A journal of a machine that cannot be asked counts as left behind after this long without an edit. */
const foreignAfterMs = 10 * 60_000;

/** Recovered journals that one may go back to, one crash after the other. */
const keptGenerations = 5;

interface RecoveryParts {
  readonly fs: FsPort;
  /** Folder of all journals. */
  readonly folder: string;
  readonly lookup: NodeLookup;
  readonly now: () => number;
}

/** Journals that crashes left: nothing here is removed but by a save, a clean end, or somebody who says so. */
export class Recoveries {
  constructor(private readonly parts: RecoveryParts) {}

  folderOf(id: string): string {
    return isDocumentId(id) ? join(this.parts.folder, id) : fail('recovery-missing');
  }

  /** Newest first. */
  async list(): Promise<readonly Recovery[]> {
    const bases = await this.bases();
    const inUse = this.inUse(bases);
    const found: (Recovery & { readonly carried: number; readonly from?: string | undefined })[] = [];
    for (const id of [...bases.keys()].filter((each) => !inUse.has(each))) {
      const recovered = await this.recover(id);
      if (!recovered || recovered.edits === 0 || (await this.isSaved(recovered))) continue;
      const { base, edits, editedAt } = recovered;
      const path = base.path === undefined ? {} : { path: base.path };
      found.push({ id, name: base.name, ...path, editedAt, edits, carried: base.carried ?? 0, from: base.from });
    }
    return found
      .filter(({ edits, carried, from }) => edits > carried || !found.some(({ id }) => id === from))
      .map(({ carried: _carried, from: _from, ...recovery }) => recovery)
      .sort((a, b) => (a.editedAt < b.editedAt ? 1 : -1));
  }

  /** @throws ProblemError `recovery-missing`, `recovery-in-use` */
  async open(id: string): Promise<Recovered> {
    if (this.inUse(await this.bases()).has(id)) fail('recovery-in-use');
    return (await this.recover(id)) ?? fail('recovery-missing');
  }

  recover(id: string): Promise<Recovered | undefined> {
    return recoverDocument(this.parts.fs, this.folderOf(id), this.parts.lookup);
  }

  /** Removes a journal and those that it was recovered from: they hold nothing that it lacks. */
  async discard(id: string): Promise<void> {
    const bases = await this.bases();
    const inUse = this.inUse(bases);
    if (inUse.has(id)) fail('recovery-in-use');
    await this.removeAll((await this.lineOf(id)).filter((each) => !inUse.has(each)));
  }

  /** As `discard`, for who has it open. */
  async removeLine(id: string | undefined): Promise<void> {
    if (id !== undefined) await this.removeAll(await this.lineOf(id));
  }

  /** With what was recovered from these and never edited on: it holds nothing of its own. */
  private async removeAll(ids: readonly string[]): Promise<void> {
    const bases = await this.bases();
    const inUse = this.inUse(bases);
    const heirs = [...bases].filter(([id, { from = '' }]) => ids.includes(from) && !ids.includes(id) && !inUse.has(id));
    for (const [id, { carried = 0 }] of heirs) {
      const recovered = await this.recover(id);
      if (recovered && recovered.edits <= carried) await this.parts.fs.remove(this.folderOf(id));
    }
    for (const id of ids) await this.parts.fs.remove(this.folderOf(id));
  }

  /** Before a recovered document gets a journal of its own: only so many older ones are kept. */
  async thinOut(id: string): Promise<void> {
    for (const old of (await this.lineOf(id)).slice(keptGenerations)) {
      await this.parts.fs.remove(this.folderOf(old)).catch(() => undefined);
    }
  }

  /** Folders of drafts that a journal still needs. */
  async draftsInUse(): Promise<ReadonlySet<string>> {
    return new Set([...(await this.bases()).values()].map(({ folder }) => basename(folder)));
  }

  /** A journal, the one that it was recovered from, and so on. */
  private async lineOf(id: string | undefined): Promise<string[]> {
    const line: string[] = [];
    for (let at = id; at !== undefined && !line.includes(at); ) {
      line.push(at);
      at = (await readBase(this.parts.fs, this.folderOf(at)))?.from;
    }
    return line;
  }

  private async bases(): Promise<Map<string, JournalBase>> {
    const ids = (await listIfThere(this.parts.fs, this.parts.folder)).filter(isDocumentId);
    const read = await Promise.all(
      ids.map(async (id) => [id, await readBase(this.parts.fs, this.folderOf(id))] as const),
    );
    return new Map(read.flatMap(([id, base]) => (base ? [[id, base] as const] : [])));
  }

  /** Journals whose windows live, and those that these were recovered from. */
  private inUse(bases: ReadonlyMap<string, JournalBase>): ReadonlySet<string> {
    const used = new Set<string>();
    for (const [id, base] of bases) {
      if (!this.isLive(base)) continue;
      for (let at: string | undefined = id; at !== undefined && !used.has(at); at = bases.get(at)?.from) used.add(at);
    }
    return used;
  }

  private isLive({ owner, editedAt }: JournalBase): boolean {
    if (!owner) return false;
    const state = ownerState(owner);
    return state === 'elsewhere' ? this.parts.now() - Date.parse(editedAt) < foreignAfterMs : state === 'alive';
  }

  /** The crash came between a save and the end of the journal: the file has it all. */
  private async isSaved({ base, document }: Recovered): Promise<boolean> {
    if (base.path === undefined) return false;
    try {
      const file = await readDocument(this.parts.fs, base.path, { lookup: this.parts.lookup, newer: 'read' });
      return file.document !== undefined && serialize(file.document) === serialize(document);
    } catch (error) {
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }
}
