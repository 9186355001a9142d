import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic, writeNewFile } from '../files/atomic-write';
import { type FsPort, isDiskError, statIfThere } from '../files/fs-port';
import { ownerSchema, ownerState, thisProcess } from '../files/process-owner';

/** Says that a document is open for editing; advisory, as long as all who edit it are this app. */
export interface DocumentLock {
  /** False once another window, or another process, took the document over. */
  isOurs(): Promise<boolean>;
  /** Gives it back, where it is still ours. Never fails: what stays behind is a lock of a dead process. */
  release(): Promise<void>;
}

const lockSchema = z.object({ ...ownerSchema.shape, token: z.string(), path: z.string() });

/** A lock that does not say who owns it is being written, or was cut. */
const unreadableAfterMs = 5_000;

/** Tokens that this process holds: a lock that names us and is not here was left by a failed removal. */
const heldHere = new Set<string>();

/** Lock files that this process could neither finish nor remove. */
const spoiltHere = new Set<string>();

/** One lock file for each document path, in the app's own folder: a person's folders stay clean. */
export class DocumentLocks {
  constructor(
    private readonly fs: FsPort,
    private readonly folder: string,
  ) {}

  /** Takes the document at a real path, or returns undefined where somebody else has it. */
  async take(path: string): Promise<DocumentLock | undefined> {
    const lock = this.lockOf(path);
    await this.fs.makeFolder(this.folder);
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await this.create(lock)) return this.hold(lock);
      if (!(await this.isAbandoned(lock.file))) return undefined;
      await this.putAside(lock.file);
    }
    return undefined;
  }

  /** Takes the document from whoever has it; they notice before they next save. */
  async takeOver(path: string): Promise<DocumentLock> {
    const lock = this.lockOf(path);
    await this.fs.makeFolder(this.folder);
    await writeFileAtomic(this.fs, lock.file, lock.bytes);
    return this.hold(lock);
  }

  private lockOf(path: string) {
    const token = randomUUID();
    const name = createHash('sha256').update(path.normalize('NFC')).digest('hex').slice(0, 40);
    const bytes = Buffer.from(JSON.stringify({ ...thisProcess(), token, path }));
    return { file: join(this.folder, `${name}.json`), token, bytes };
  }

  private hold(lock: LockFile): DocumentLock {
    heldHere.add(lock.token);
    return {
      isOurs: () => this.isOurs(lock),
      release: async () => {
        const isOurs = await this.isOurs(lock).catch(() => false);
        heldHere.delete(lock.token);
        if (isOurs) await this.fs.remove(lock.file).catch(() => undefined);
      },
    };
  }

  private async isOurs(lock: LockFile): Promise<boolean> {
    const found = await this.read(lock.file);
    if (found === 'missing') return this.create(lock);
    return found !== 'unreadable' && found.token === lock.token;
  }

  /** False where a lock is there already. */
  private async create({ file, bytes }: LockFile): Promise<boolean> {
    try {
      await writeNewFile(this.fs, file, bytes);
      return true;
    } catch (error) {
      if (isDiskError(error, 'EEXIST')) return false;
      await this.fs.remove(file).catch(() => spoiltHere.add(file));
      throw error;
    }
  }

  private async isAbandoned(file: string): Promise<boolean> {
    if (spoiltHere.delete(file)) return true;
    const found = await this.read(file);
    if (found === 'missing') return true;
    if (found === 'unreadable') {
      const stat = await statIfThere(this.fs, file);
      return stat !== undefined && Date.now() - stat.mtimeMs > unreadableAfterMs;
    }
    if (found.pid === process.pid && ownerState(found) === 'alive') return !heldHere.has(found.token);
    return ownerState(found) === 'dead';
  }

  private async read(file: string): Promise<z.infer<typeof lockSchema> | 'missing' | 'unreadable'> {
    try {
      return lockSchema.parse(JSON.parse(Buffer.from(await this.fs.read(file)).toString('utf8')));
    } catch (error) {
      if (isDiskError(error, 'ENOENT')) return 'missing';
      if (error instanceof SyntaxError || error instanceof z.ZodError) return 'unreadable';
      throw error;
    }
  }

  /** Renaming first means that of two processes that saw the same abandoned lock only one takes it away. */
  private async putAside(file: string): Promise<void> {
    const aside = `${file}.${randomUUID()}`;
    try {
      await this.fs.rename(file, aside);
      await this.fs.remove(aside);
    } catch (error) {
      if (!isDiskError(error, 'ENOENT')) throw error;
    }
  }
}

interface LockFile {
  readonly file: string;
  readonly token: string;
  readonly bytes: Uint8Array;
}
