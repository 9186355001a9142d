/** Milliseconds: a call that takes less is not worth handing to another thread, which costs a tenth of one. */
const short = 1;
/** Milliseconds that may pass without the event loop having its turn. */
const breath = 5;
/** The first runs of a call optimize its graph and tell nothing of those that follow. */
const warmUp = 3;

let lastTurn = 0;

/** To be called where the event loop has just had a turn. */
export function noteTurn(): void {
  lastTurn = performance.now();
}

/** True while the event loop has waited too long for its turn. */
export function isBreathDue(now: number): boolean {
  return now - lastTurn > breath;
}

/** How long one call takes, so as to decide where it runs. */
export class Pace {
  private runs = 0;
  private mean = Number.POSITIVE_INFINITY;

  note(milliseconds: number): void {
    this.runs++;
    if (this.runs <= warmUp) return;
    this.mean = this.mean === Number.POSITIVE_INFINITY ? milliseconds : 0.8 * this.mean + 0.2 * milliseconds;
  }

  get isShort(): boolean {
    return this.mean < short;
  }
}
