import { basename, dirname, join } from 'node:path';
import type { FsPort } from '../files/fs-port';

/** Programs save in several steps; what counts is what lies there after the last one. */
const settleMs = 150;

interface Watched {
  readonly stop: () => void;
  readonly files: Set<string>;
}

/** Notices when somebody else changes files: one watcher for each folder, asked only about names that count. */
export class FileWatch {
  private readonly folders = new Map<string, Watched>();
  private readonly pending = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly fs: FsPort,
    private readonly onChange: (path: string) => void,
  ) {}

  /** Watches exactly these files from now on. */
  follow(paths: readonly string[]): void {
    const wanted = new Map<string, string[]>();
    for (const path of paths) wanted.set(dirname(path), [...(wanted.get(dirname(path)) ?? []), basename(path)]);
    for (const [folder, { stop }] of this.folders) {
      if (wanted.has(folder)) continue;
      stop();
      this.folders.delete(folder);
    }
    for (const [folder, names] of wanted) this.followIn(folder, names);
  }

  close(): void {
    this.follow([]);
    for (const timer of this.pending.values()) clearTimeout(timer);
    this.pending.clear();
  }

  private followIn(folder: string, names: readonly string[]): void {
    const known = this.folders.get(folder);
    const files = known?.files ?? new Set<string>();
    files.clear();
    for (const name of names) files.add(name);
    if (known) return;
    const stop = this.fs.watch(folder, (changed) => {
      // Some systems do not say which name it was, or write its accents otherwise.
      for (const name of files) {
        if (changed === undefined || changed.normalize('NFC') === name.normalize('NFC')) this.soon(join(folder, name));
      }
    });
    this.folders.set(folder, { stop, files });
  }

  private soon(path: string): void {
    clearTimeout(this.pending.get(path));
    const timer = setTimeout(() => {
      this.pending.delete(path);
      this.onChange(path);
    }, settleMs);
    this.pending.set(path, timer.unref());
  }
}
