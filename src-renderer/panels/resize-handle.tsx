import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslate } from '../i18n/i18n';
import { useUi } from '../store/ui';

export const leastHeight = 120;
const usualHeight = 212;
/** Left for the top bar and a strip of canvas. */
const above = 204;

export function greatestHeight(): number {
  return Math.max(leastHeight, window.innerHeight - above);
}

function setHeight(height: number): void {
  useUi.setState({ bottomHeight: Math.round(Math.min(greatestHeight(), Math.max(leastHeight, height))) });
}

/** The upper edge of the panel: dragged, or moved with arrow keys; a double click brings the usual height back. */
export function ResizeHandle({ id }: { readonly id: string }) {
  const t = useTranslate();
  const height = useUi(({ bottomHeight }) => bottomHeight);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is no <hr>
    <div
      className="bottom-handle"
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-controls={id}
      aria-label={t('panels.resize')}
      aria-valuenow={height}
      aria-valuemin={leastHeight}
      aria-valuemax={greatestHeight()}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => setHeight(usualHeight)}
      onKeyDown={move}
    />
  );
}

function drag(event: PointerEvent<HTMLElement>): void {
  if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
  const bottom = event.currentTarget.parentElement?.getBoundingClientRect().bottom ?? window.innerHeight;
  setHeight(bottom - event.clientY);
}

function move(event: KeyboardEvent): void {
  const { bottomHeight } = useUi.getState();
  const step = event.shiftKey ? 64 : 16;
  const heights: Readonly<Record<string, number>> = {
    ArrowUp: bottomHeight + step,
    ArrowDown: bottomHeight - step,
    Home: leastHeight,
    End: greatestHeight(),
  };
  const height = heights[event.key];
  if (height === undefined && event.key !== 'Enter') return;
  event.preventDefault();
  if (height === undefined) useUi.setState({ isBottomOpen: false });
  else setHeight(height);
}
