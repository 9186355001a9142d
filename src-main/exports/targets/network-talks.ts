import type { NetworkTalk } from '../../../src-shared/window-data';

interface Options {
  /** Told whenever the list changes; empty: nothing leaves this machine. */
  readonly onChange: (talks: readonly NetworkTalk[]) => void;
  /** Calls `end` of a conversation that is over, now or when people had the time to read it; by itself now. */
  readonly linger?: (end: () => void) => void;
}

/**
 * Who is talked to right now. Everything that leaves this machine is counted here: requests of deployments, and what
 * engines say of theirs. A server on this machine counts too: where it passes things on to cannot be seen.
 */
export class NetworkTalks {
  private readonly open = new Map<string, { readonly talk: NetworkTalk; count: number }>();
  private readonly engines = new Map<number, readonly (() => void)[]>();

  constructor(private readonly options: Options) {}

  get current(): readonly NetworkTalk[] {
    return [...this.open.values()].map(({ talk }) => talk);
  }

  /** A conversation begins; the answer ends it. */
  begin(talk: NetworkTalk): () => void {
    const key = `${talk.to}\n${talk.what.en}`;
    const known = this.open.get(key);
    if (known) known.count += 1;
    else {
      this.open.set(key, { talk, count: 1 });
      this.options.onChange(this.current);
    }
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const end = () => this.end(key);
      if (this.options.linger) this.options.linger(end);
      else end();
    };
  }

  /** All conversations of an engine process, whatever it said before. */
  ofEngine(pid: number, talks: readonly NetworkTalk[]): void {
    const before = this.engines.get(pid) ?? [];
    const now = talks.map((talk) => this.begin(talk));
    this.engines.set(pid, now);
    if (now.length === 0) this.engines.delete(pid);
    for (const end of before) end();
  }

  private end(key: string): void {
    const known = this.open.get(key);
    if (!known) return;
    known.count -= 1;
    if (known.count > 0) return;
    this.open.delete(key);
    this.options.onChange(this.current);
  }
}
