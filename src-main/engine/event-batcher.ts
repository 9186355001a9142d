/** Gathers events and hands them on at most ten times a second, the first at once. */
export class EventBatcher<T> {
  private waiting: T[] = [];
  private timer: NodeJS.Timeout | undefined;
  private lastSent = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly send: (events: readonly T[]) => void,
    private readonly intervalMs = 100,
  ) {}

  add(event: T): void {
    this.waiting.push(event);
    const wait = this.lastSent + this.intervalMs - performance.now();
    if (wait <= 0 && this.timer === undefined) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), Math.max(0, wait));
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    this.lastSent = performance.now();
    const events = this.waiting;
    this.waiting = [];
    this.send(events);
  }
}
