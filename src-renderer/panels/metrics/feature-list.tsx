import { cellText } from '../preview/column-widths';

interface Props {
  readonly head: string;
  readonly features: Readonly<Record<string, string | number | null>>;
}

/** A row in words: which it is, then its values. */
export function FeatureList({ head, features }: Props) {
  const values = Object.entries(features).map(([name, value]) => `${name} ${value === null ? '—' : cellText(value)}`);
  return (
    <span className="feature-list" title={[head, ...values].join('\n')}>
      <span className="mono">{head}</span>
      <span className="muted small">{values.join(', ')}</span>
    </span>
  );
}
