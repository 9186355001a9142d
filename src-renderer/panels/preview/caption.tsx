import type { ReactNode } from 'react';

interface Props {
  readonly parts: readonly (string | undefined)[];
  readonly children?: ReactNode;
}

/** One quiet line above a preview: what it is, how much of it, and in what state. */
export function Caption({ parts, children }: Props) {
  const [name, ...rest] = parts.filter((part) => part !== undefined && part !== '');
  return (
    <p className="preview-caption small">
      <strong>{name}</strong>
      <span className="muted">{rest.join(' · ')}</span>
      {children}
    </p>
  );
}
