import { join } from 'node:path';
import type { Hash } from '../../../src-shared/hash';
import { type FsPort, listIfThere, statIfThere } from '../../files/fs-port';
import { decodeLine, encodeLine, hashOfLine, readLines } from './log-lines';
import { type LogLine, LogWriter, type Written } from './log-writer';

interface Place<T> extends LogLine {
  /** What it says, once it was asked for and found whole. */
  value: T | undefined;
  /** An older line under the same hash. */
  older: Place<T> | undefined;
}

/**
 * Small texts by hash, many to a file: what would be two files and four flushes each is one line. Every process
 * appends to a segment of its own and reads those of all. A line that is damaged counts as absent.
 */
export class ValueLog<T> {
  /** The newest line under each hash. */
  private readonly places = new Map<Hash, Place<T>>();
  /** How far each segment was read. */
  private readonly read = new Map<string, number>();
  private readonly used = new Set<string>();
  private readonly writer: LogWriter;
  private refreshing: Promise<void> = Promise.resolve();

  constructor(
    private readonly fs: FsPort,
    private readonly folder: string,
    private readonly parse: (text: string) => T | undefined,
  ) {
    this.writer = new LogWriter(fs, folder, {
      onWritten: (written) => this.passOver(written),
      onRenamed: (from, to) => this.rename(from, to),
    });
  }

  /** Takes note of what other processes have written and removed since the last time. */
  refresh(): Promise<void> {
    this.refreshing = this.refreshing.catch(() => undefined).then(() => this.load());
    return this.refreshing;
  }

  /** What the text under a hash says as of the last `refresh`, with what was added here. */
  get(hash: Hash): T | undefined {
    for (let place = this.places.get(hash); place; place = place.older) {
      const value = this.valueOf(place);
      if (value === undefined) continue;
      if (place.segment !== undefined) this.touch(place.segment);
      return value;
    }
    return undefined;
  }

  /** Whether there is anything under a hash; `get` says whether it is whole. */
  has(hash: Hash): boolean {
    return this.places.has(hash);
  }

  private valueOf(place: Place<T>): T | undefined {
    if (place.value === undefined) {
      const text = decodeLine(place.line);
      place.value = text === undefined ? undefined : this.parse(text);
    }
    return place.value;
  }

  /** Readable here at once, on the disk after `flush`; `onLost` is told where that does not succeed. */
  add(hash: Hash, text: string, onLost: (error: unknown) => void): void {
    const place = this.addPlace(hash, encodeLine(hash, text), undefined);
    this.writer.add(place, (error) => {
      this.dropPlaces(hash, (one) => one === place);
      onLost(error);
    });
  }

  async flush(): Promise<void> {
    await this.writer.flush();
  }

  remove(hash: Hash): void {
    this.places.delete(hash);
  }

  private async load(): Promise<void> {
    this.used.clear();
    const names = new Set(await listIfThere(this.fs, this.folder));
    const gone = new Set([...this.read.keys()].filter((name) => !names.has(name)));
    if (gone.size > 0) await this.forget(gone);
    for (const name of names) await this.readSegment(name);
  }

  private async forget(gone: ReadonlySet<string>): Promise<void> {
    await this.writer.forget((name) => gone.has(name));
    for (const name of gone) this.read.delete(name);
    const isGone = ({ segment }: Place<T>) => segment !== undefined && gone.has(segment);
    for (const hash of [...this.places.keys()]) this.dropPlaces(hash, isGone);
  }

  private async readSegment(name: string): Promise<void> {
    const path = join(this.folder, name);
    const known = this.read.get(name) ?? 0;
    const size = (await statIfThere(this.fs, path))?.size ?? 0;
    if (size <= known) return;
    const { lines, end } = readLines(Buffer.from(await this.fs.read(path)), known);
    this.read.set(name, end);
    for (const line of lines) this.addPlace(hashOfLine(line), line, name);
  }

  /** Lines of our own are known: what was read up to them is read behind them, too. */
  private passOver({ segment, from, to }: Written): void {
    const known = this.read.get(segment) ?? 0;
    this.read.set(segment, known === from ? to : known);
  }

  private addPlace(hash: Hash, line: string, segment: string | undefined): Place<T> {
    const place: Place<T> = { line, segment, value: undefined, older: this.places.get(hash) };
    this.places.set(hash, place);
    return place;
  }

  private dropPlaces(hash: Hash, isDropped: (place: Place<T>) => boolean): void {
    const left = withoutPlaces(this.places.get(hash), isDropped);
    if (left) this.places.set(hash, left);
    else this.places.delete(hash);
  }

  private rename(from: string, to: string): void {
    this.read.set(to, this.read.get(from) ?? 0);
    this.read.delete(from);
    for (const newest of this.places.values())
      for (let place: Place<T> | undefined = newest; place; place = place.older)
        if (place.segment === from) place.segment = to;
  }

  /** For eviction only, once after each refresh: a store that cannot be written to is good enough to read from. */
  private touch(segment: string): void {
    if (this.used.has(segment)) return;
    this.used.add(segment);
    void this.fs.touch(join(this.folder, segment)).catch(() => undefined);
  }
}

/** The newest place that is left, with the older ones that are. */
function withoutPlaces<T>(place: Place<T> | undefined, isDropped: (place: Place<T>) => boolean): Place<T> | undefined {
  if (!place) return undefined;
  place.older = withoutPlaces(place.older, isDropped);
  return isDropped(place) ? place.older : place;
}
