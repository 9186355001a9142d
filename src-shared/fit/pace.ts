/** Examples per second over the last seconds, and how long the rest takes at that pace. */
export class Pace {
  private readonly marks: { readonly at: number; readonly done: number }[] = [];
  private readonly total: number;
  private readonly windowSeconds: number;

  /** @param total examples in all, over all epochs */
  constructor(total: number, windowSeconds = 5) {
    this.total = total;
    this.windowSeconds = windowSeconds;
  }

  /** @param seconds a clock that only goes forward */
  mark(done: number, seconds: number): { readonly rate: number; readonly remaining: number } {
    this.marks.push({ at: seconds, done });
    while (this.marks.length > 2 && seconds - (this.marks[1]?.at ?? seconds) > this.windowSeconds) this.marks.shift();
    const first = this.marks[0] ?? { at: seconds, done };
    const elapsed = seconds - first.at;
    const rate = elapsed > 0 ? (done - first.done) / elapsed : 0;
    return { rate, remaining: rate > 0 ? (this.total - done) / rate : 0 };
  }
}
