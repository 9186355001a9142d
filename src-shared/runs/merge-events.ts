import type { RunEvent } from './run-event';

type Progress = Extract<RunEvent, { readonly type: 'progress' | 'training-progress' }>;

/**
 * Events for somebody who folds them, with less to do: messages of progress that follow each other become one per
 * node, the newest with all losses since. Everything else stays as it is, and the order by `seq` too.
 */
export function mergeEvents(events: readonly RunEvent[]): RunEvent[] {
  const merger = new EventMerger();
  for (const event of events) merger.add(event);
  return merger.take();
}

class EventMerger {
  private readonly done: RunEvent[] = [];
  /** By node and type, the one with the highest `seq` last. */
  private readonly open = new Map<string, Progress>();
  /** Losses of open messages; they grow in place. */
  private readonly losses = new Map<string, number[]>();

  add(event: RunEvent): void {
    if (event.type !== 'progress' && event.type !== 'training-progress') {
      this.close();
      this.done.push(event);
      return;
    }
    const key = `${event.type} ${event.node}`;
    this.open.delete(key);
    this.open.set(key, event);
    if (event.type !== 'training-progress') return;
    const losses = this.losses.get(key) ?? [];
    for (const loss of event.loss) losses.push(loss);
    this.losses.set(key, losses);
  }

  take(): RunEvent[] {
    this.close();
    return this.done;
  }

  private close(): void {
    for (const [key, event] of this.open) {
      const loss = this.losses.get(key) ?? [];
      this.done.push(event.type === 'training-progress' ? { ...event, loss } : event);
    }
    this.open.clear();
    this.losses.clear();
  }
}
