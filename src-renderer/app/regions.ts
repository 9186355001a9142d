import { canvasView } from '../store/canvas-view';

/** The parts of the window in reading order, for the key that goes from one to the next. */
const regions = ['.top-bar', '.library', '.main-canvas', '.bottom-panel', '.inspector'] as const;
const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** Brings the focus to the next part of the window that is shown; to the one before it with −1. */
export function cycleRegions(by: 1 | -1): void {
  const shown = regions.flatMap((selector) => [...document.querySelectorAll<HTMLElement>(selector)].slice(0, 1));
  if (shown.length === 0) return;
  const here = shown.findIndex((region) => region.contains(document.activeElement));
  const at = here < 0 ? (by === 1 ? 0 : shown.length - 1) : (here + by + shown.length) % shown.length;
  enter(shown[at]);
}

/** To what was chosen there, or else to the first thing that takes the focus. */
function enter(region: HTMLElement | undefined): void {
  if (region?.matches('.main-canvas')) {
    focusOnCanvas(region);
    return;
  }
  const chosen = region?.querySelector<HTMLElement>('[aria-selected="true"], [aria-current="true"]');
  const first = chosen ?? region?.querySelector<HTMLElement>(focusable) ?? region;
  if (first === region) region?.setAttribute('tabindex', '-1');
  first?.focus();
}

/** Its keys work wherever the focus is in it; the first thing there would be any wire. */
function focusOnCanvas(region: HTMLElement): void {
  canvasView()?.focus();
  if (region.contains(document.activeElement)) return;
  region.setAttribute('tabindex', '-1');
  region.focus();
}

export function focusCanvas(): void {
  enter(document.querySelector<HTMLElement>('.main-canvas') ?? undefined);
}
