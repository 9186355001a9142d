import type { ComponentProps } from 'react';

/** Scrolls with the arrow keys too: what holds nothing to focus takes the focus itself. */
export function ScrollBox({ className = '', ...rest }: ComponentProps<'section'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls has to be reached without a pointer
    <section className={`scroll ${className}`} tabIndex={0} {...rest} />
  );
}
