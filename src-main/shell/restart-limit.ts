const minute = 60_000;

/** Says whether something that ended may be started again: at most so often a minute, so that nothing spins. */
export class RestartLimit {
  private starts: readonly number[] = [];

  constructor(private readonly perMinute: number) {}

  /** @param now milliseconds */
  allows(now: number): boolean {
    this.starts = this.starts.filter((start) => now - start < minute);
    if (this.starts.length >= this.perMinute) return false;
    this.starts = [...this.starts, now];
    return true;
  }
}
