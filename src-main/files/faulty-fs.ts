import type { FsFile, FsPort } from './fs-port';

export type FaultCode = 'ENOSPC' | 'EIO' | 'EACCES' | 'EROFS' | 'EMFILE' | 'EBUSY';

export interface FaultPlan {
  /** Which call goes wrong, counted from 1 over all calls that touch the disk. */
  readonly at: number;
  /** An error, or a write that takes only half of its bytes and says so. */
  readonly fault: FaultCode | 'short-write';
  /** Once, or from that call on. */
  readonly lasting: boolean;
}

/** Wraps a port so that its n-th call fails: the loop over n proves that no step of a save can lose a file. */
export class FaultyFs implements FsPort {
  /** Calls seen so far. */
  calls = 0;
  /** Faults that were played. */
  faults = 0;

  constructor(
    private readonly inner: FsPort,
    private readonly plan: FaultPlan,
  ) {}

  async open(path: string, mode: Parameters<FsPort['open']>[1]): Promise<FsFile> {
    const file = await this.guard(() => this.inner.open(path, mode));
    return {
      write: (bytes) => this.write(file, bytes),
      sync: () => this.guard(() => file.sync()),
      size: () => this.guard(() => file.size()),
      // A failed close still frees the handle, as on a real system.
      close: () => this.guard(() => file.close()).catch((error) => file.close().then(() => Promise.reject(error))),
    };
  }
  read(path: string): Promise<Uint8Array> {
    return this.guard(() => this.inner.read(path));
  }
  readInto(path: string, into: Uint8Array, from: number): Promise<number> {
    return this.guard(() => this.inner.readInto(path, into, from));
  }
  async *readPieces(path: string): AsyncIterable<Uint8Array> {
    for await (const piece of this.inner.readPieces(path)) {
      yield await this.guard(async () => piece);
    }
  }
  stat(path: string): ReturnType<FsPort['stat']> {
    return this.guard(() => this.inner.stat(path));
  }
  list(folder: string): Promise<string[]> {
    return this.guard(() => this.inner.list(folder));
  }
  makeFolder(path: string): Promise<void> {
    return this.guard(() => this.inner.makeFolder(path));
  }
  rename(from: string, to: string): Promise<void> {
    return this.guard(() => this.inner.rename(from, to));
  }
  remove(path: string): Promise<void> {
    return this.guard(() => this.inner.remove(path));
  }
  syncFolder(path: string): Promise<void> {
    return this.guard(() => this.inner.syncFolder(path));
  }
  touch(path: string): Promise<void> {
    return this.guard(() => this.inner.touch(path));
  }
  setMode(path: string, mode: number): Promise<void> {
    return this.guard(() => this.inner.setMode(path, mode));
  }
  realPath(path: string): Promise<string> {
    return this.guard(() => this.inner.realPath(path));
  }
  isWritable(path: string): Promise<boolean> {
    return this.guard(() => this.inner.isWritable(path));
  }
  watch(...args: Parameters<FsPort['watch']>): () => void {
    return this.inner.watch(...args);
  }

  private async write(file: FsFile, bytes: Uint8Array): Promise<number> {
    if (this.plan.fault !== 'short-write') return this.guard(() => file.write(bytes));
    if (!this.isDue()) return file.write(bytes);
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    return half.length === 0 ? 0 : file.write(half);
  }

  private async guard<T>(call: () => Promise<T>): Promise<T> {
    if (this.plan.fault !== 'short-write' && this.isDue()) throw diskError(this.plan.fault);
    return call();
  }

  private isDue(): boolean {
    this.calls += 1;
    const due = this.plan.lasting ? this.calls >= this.plan.at : this.calls === this.plan.at;
    if (due) this.faults += 1;
    return due;
  }
}

export function diskError(code: FaultCode): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: injected fault`), { code });
}
