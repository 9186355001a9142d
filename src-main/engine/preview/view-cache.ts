import { SharedWork } from '../probe/shared-work';
import type { TableView } from './table-view';

/** Tables that stay open between pages. */
const kept = 3;

interface Held {
  readonly view: TableView;
  users: number;
}

/** Open tables by what they hold, so that the next page is quick. The least recently used one is closed first. */
export class ViewCache {
  private readonly held = new Map<string, Held>();
  private readonly opening = new SharedWork<void>();

  async use<T>(
    key: string,
    { signal, open }: { readonly signal: AbortSignal; readonly open: (signal: AbortSignal) => Promise<TableView> },
    work: (view: TableView) => Promise<T>,
  ): Promise<T> {
    const held = await this.find(key, { signal, open });
    held.users += 1;
    try {
      return await work(held.view);
    } finally {
      held.users -= 1;
      await this.closeOldest();
    }
  }

  private async find(key: string, options: Parameters<ViewCache['use']>[1]): Promise<Held> {
    for (;;) {
      const held = this.held.get(key);
      if (held) {
        // The map's order is that of the last use.
        this.held.delete(key);
        this.held.set(key, held);
        return held;
      }
      await this.opening.ask(key, options.signal, async (signal) => {
        this.held.set(key, { view: await options.open(signal), users: 0 });
      });
    }
  }

  private async closeOldest(): Promise<void> {
    for (const [key, { view, users }] of this.held) {
      if (this.held.size <= kept) return;
      if (users > 0) continue;
      this.held.delete(key);
      await view.close();
    }
  }
}
