import type { WebSocket } from 'ws';
import type { WindowHost } from '../window-host/create-window-host';
import { PageLink } from './page-link';

interface Open {
  readonly link: PageLink;
  leaving?: NodeJS.Timeout;
}

interface PageOptions {
  /** How long a page may be away. */
  readonly graceMs: number;
  /** Documents that the first page opens. */
  readonly open: readonly string[];
}

/** The pages that are connected, or were a moment ago: a reload or a broken connection closes no documents. */
export class Pages {
  private readonly open = new Map<string, Open>();
  private hadFirst = false;

  constructor(
    private readonly host: WindowHost,
    private readonly options: PageOptions,
  ) {}

  attach(id: string, socket: WebSocket): void {
    const known = this.open.get(id) ?? this.begin(id);
    clearTimeout(known.leaving);
    known.link.attach(socket, () => {
      known.leaving = setTimeout(() => void this.end(id), this.options.graceMs);
      // Pages whose connection broke because the host closes hold nobody up.
      known.leaving.unref();
    });
  }

  /** Closes every connection; the host is closed by who made it. */
  close(): void {
    for (const { link, leaving } of this.open.values()) {
      link.close();
      clearTimeout(leaving);
    }
    this.open.clear();
  }

  private begin(id: string): Open {
    const begun: Open = { link: new PageLink(id, this.host) };
    this.open.set(id, begun);
    this.host.connect(begun.link.client);
    if (!this.hadFirst && this.options.open.length > 0)
      begun.link.client.emit('app:open', { paths: this.options.open });
    this.hadFirst = true;
    return begun;
  }

  private async end(id: string): Promise<void> {
    const known = this.open.get(id);
    this.open.delete(id);
    if (known) await this.host.clientGone(known.link.client);
  }
}
