import type { Line } from './chart-data';

/** Which line is which; pale ones are explained by the strong one over them. */
export function Legend({ lines }: { readonly lines: readonly Line[] }) {
  const strong = lines.filter(({ isFaint }) => !isFaint);
  if (strong.length < 2) return null;
  return (
    <span className="legend">
      {strong.slice(0, 6).map(({ label, colour }) => (
        <span key={label} className="legend-entry">
          <span className="legend-line" style={{ background: `var(${colour})` }} />
          {label}
        </span>
      ))}
    </span>
  );
}
