import type { CSSProperties } from 'react';

/** A row of figures fills the panel of this height, within reason. */
export function figureHeight(height: number): CSSProperties {
  // A custom property, which React's types do not know.
  return { '--figure-height': `${Math.min(340, Math.max(150, height - 12))}px` } as CSSProperties;
}
