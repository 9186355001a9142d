import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { writeAll } from '../../files/atomic-write';
import { withDiskProblems } from '../../files/disk-problem';
import { type FsFile, type FsPort, listIfThere } from '../../files/fs-port';
import { thisProcess } from '../../files/process-owner';
import { checksumOf, type Edit, startChecksum } from './edit-lines';
import { type JournalBase, writeBase } from './journal-base';

/** What a journal starts from: the document as a text, with what is known of it. */
export type JournalStart = Omit<JournalBase, 'owner' | 'lines'>;

interface Waiting {
  readonly edit: Edit;
  /** The document before this edit; asked for only where the journal starts with it. */
  readonly start: () => JournalStart;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * The recovery journal of one open document: a base and one line for each edit, on the disk before an edit is
 * answered; edits that come meanwhile share one flush. It begins with the first edit. Where the disk refuses a line,
 * the journal starts anew with the next edit, from a base that holds all before it: a hole would end every recovery.
 */
export class EditJournal {
  private waiting: Waiting[] = [];
  private working: Promise<void> | undefined;
  private open: { readonly file: FsFile; seq: number; checksum: string } | undefined;

  constructor(
    private readonly fs: FsPort,
    private readonly folder: string,
  ) {}

  /** Resolves once the edit is on the disk. */
  append(edit: Edit, start: () => JournalStart): Promise<void> {
    const written = new Promise<void>((done, failed) => {
      this.waiting.push({ edit, start, done, failed });
    });
    this.working ??= this.work().finally(() => {
      this.working = undefined;
    });
    return written;
  }

  /** Starts with a document that holds edits already: after a recovery, or for a window that outlived its host. */
  async begin(start: JournalStart): Promise<void> {
    await this.settle();
    await withDiskProblems(this.folder, () => this.startAnew(start));
  }

  /** Waits for what was appended. */
  async settle(): Promise<void> {
    await this.working;
  }

  /** Removes it: all that it holds is saved, or not wanted. */
  async clear(): Promise<void> {
    await this.stop();
    await this.fs.remove(this.folder);
  }

  /** Leaves its edits for recovery, as nobody's. */
  async giveUp(start: JournalStart): Promise<void> {
    await this.stop();
    if (start.edits === 0) return this.clear();
    await this.fs.makeFolder(this.folder);
    await writeBase(this.fs, this.folder, { ...start, owner: null, lines: newLinesName() });
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      try {
        await withDiskProblems(this.folder, () => this.write(batch));
        for (const { done } of batch) done();
      } catch (error) {
        await this.stopFile();
        for (const { failed } of batch) failed(error);
      }
    }
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    if (!first) return;
    const open = this.open ?? (await this.startAnew(first.start()));
    const lines = batch.map(({ edit }) => {
      open.seq += 1;
      open.checksum = checksumOf(open.checksum, open.seq, edit);
      return `${JSON.stringify({ seq: open.seq, label: edit.label, patches: edit.patches, checksum: open.checksum })}\n`;
    });
    await writeAll(open.file, Buffer.from(lines.join('')));
    await open.file.sync();
  }

  private async startAnew(start: JournalStart): Promise<NonNullable<EditJournal['open']>> {
    await this.stopFile();
    await this.fs.makeFolder(this.folder);
    await this.fs.syncFolder(dirname(this.folder));
    const lines = newLinesName();
    await writeBase(this.fs, this.folder, { ...start, owner: thisProcess(), lines });
    const file = await this.fs.open(join(this.folder, lines), 'create-new');
    this.open = { file, seq: 0, checksum: startChecksum(start.text) };
    await this.fs.syncFolder(this.folder);
    await this.removeOldLines(lines);
    return this.open;
  }

  /** Lines of an earlier base mean nothing any more, and do no harm where they stay. */
  private async removeOldLines(current: string): Promise<void> {
    const names = await listIfThere(this.fs, this.folder).catch(() => []);
    const old = names.filter((name) => name.startsWith('edits.') && name !== current);
    await Promise.all(old.map((name) => this.fs.remove(join(this.folder, name)).catch(() => undefined)));
  }

  private async stop(): Promise<void> {
    await this.settle();
    await this.stopFile();
  }

  private async stopFile(): Promise<void> {
    const { open } = this;
    this.open = undefined;
    await open?.file.close().catch(() => undefined);
  }
}

function newLinesName(): string {
  return `edits.${randomBytes(6).toString('hex')}.ndjson`;
}
