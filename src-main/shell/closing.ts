/**
 * Closing a window: its page is asked first, because a person may have to decide about unsaved edits. A page that does
 * not even hear the question (it hangs, it is gone) holds nothing up: its edits are in the journal.
 */
export interface ClosingOptions {
  /** Tells the page. */
  readonly ask: () => void;
  /** Closes the window; `mayClose` is true by then. */
  readonly close: () => void;
  /** Milliseconds in which the page must have heard. */
  readonly patience: number;
}

export class Closing {
  private timer: NodeJS.Timeout | undefined;
  private isAllowed = false;

  constructor(private readonly options: ClosingOptions) {}

  get mayClose(): boolean {
    return this.isAllowed;
  }

  /** Somebody wants to close. */
  request(): void {
    if (this.timer === undefined) this.timer = setTimeout(() => this.allow(), this.options.patience);
    this.options.ask();
  }

  /** The page has heard; from now on it decides. */
  heard(): void {
    this.stopWaiting();
  }

  /** Everything was asked and kept. */
  allow(): void {
    this.stopWaiting();
    this.isAllowed = true;
    this.options.close();
  }

  stopWaiting(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
  }
}
