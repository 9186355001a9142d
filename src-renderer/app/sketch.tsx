/** Left edges of the nodes of a sketch, by the group whose colour they have. */
const steps = [
  { group: 'data', x: 8 },
  { group: 'prepare', x: 55 },
  { group: 'layer', x: 102 },
  { group: 'layer', x: 149 },
  { group: 'train', x: 196 },
  { group: 'evaluate', x: 243 },
] as const;
const size = { width: 34, height: 18 };

/** A small picture of a pipeline: a sign, not a copy. The same name always gives the same one. */
export function Sketch({ seed }: { readonly seed: string }) {
  const placed = steps.map((step) => ({ ...step, y: 12 + (hash(`${seed}${step.x}`) % 3) * 15 }));
  const wires = placed.slice(1).map((step, index) => ({ from: placed[index] ?? step, to: step }));
  return (
    <svg className="sketch" viewBox="0 0 288 72" aria-hidden="true">
      {wires.map(({ from, to }) => (
        <path key={to.x} d={wire(from, to)} fill="none" stroke="var(--strong-line)" strokeWidth="1.5" />
      ))}
      {placed.map(({ group, x, y }) => (
        <g key={x} transform={`translate(${x} ${y})`}>
          <rect {...size} rx="5" fill="var(--panel)" stroke="var(--strong-line)" />
          <rect x="6" y="6" width="6" height="6" rx="2" fill={`var(--group-${group})`} />
          <rect x="15" y="7.5" width="13" height="3" rx="1.5" fill="var(--strong-line)" />
        </g>
      ))}
    </svg>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function wire(from: Point, to: Point): string {
  const start = { x: from.x + size.width, y: from.y + size.height / 2 };
  const end = { x: to.x, y: to.y + size.height / 2 };
  return `M${start.x} ${start.y}C${start.x + 7} ${start.y} ${end.x - 7} ${end.y} ${end.x} ${end.y}`;
}

function hash(text: string): number {
  let value = 7;
  for (const char of text) value = (value * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return value;
}
