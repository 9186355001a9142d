import { axisTicks, tickText } from './axis-ticks';
import { type ChartData, type Line, shownValues, valueRange } from './chart-data';

const width = 640;
const height = 360;
const plot = { left: 64, top: 40, right: 16, bottom: 48 } as const;
const letters = 'font-family="system-ui, sans-serif"';

/** A chart as a picture file, in the window's tokens; `withColours` puts in what they are. */
export function chartSvg(chart: ChartData): string {
  const { title, xLabel, yLabel, x, lines, isLog = false } = chart;
  const [yMin, yMax] = valueRange(chart);
  const across = scale([Math.min(...x), Math.max(...x)], [plot.left, width - plot.right], false);
  const up = scale([yMin, yMax], [height - plot.bottom, plot.top], isLog);
  const yTicks = axisTicks(yMin, yMax, isLog).map((tick) => {
    const y = up(tick).toFixed(1);
    return (
      `<line x1="${plot.left}" x2="${width - plot.right}" y1="${y}" y2="${y}" stroke="var(--line)"/>` +
      `<text x="${plot.left - 8}" y="${y}" dy="4" text-anchor="end" ${small}>${tickText(tick)}</text>`
    );
  });
  const xTicks = axisTicks(Math.min(...x), Math.max(...x)).map((tick) => {
    return `<text x="${across(tick).toFixed(1)}" y="${height - plot.bottom + 18}" text-anchor="middle" ${small}>${tickText(tick)}</text>`;
  });
  const paths = lines.map((line) => linePath(line, { x, across, up, isLog }));
  const legend = lines.map(({ label, colour }, i) => {
    return `<text x="${plot.left + i * 140}" y="${height - 8}" ${letters} font-size="11" fill="var(${colour})">${escapeXml(label)}</text>`;
  });
  const labels = [
    `<text x="${width - plot.right}" y="${height - 8}" text-anchor="end" ${small}>${escapeXml(xLabel)}</text>`,
    `<text x="14" y="${height / 2}" text-anchor="middle" transform="rotate(-90 14 ${height / 2})" ${small}>${escapeXml(yLabel)}</text>`,
  ];
  return document(title, [...yTicks, ...xTicks, ...paths, ...legend, ...labels], { width, height });
}

const small = `${letters} font-size="11" fill="var(--muted)"`;

interface Plot {
  readonly x: readonly number[];
  readonly across: (value: number) => number;
  readonly up: (value: number) => number;
  readonly isLog: boolean;
}

function linePath(line: Line, { x, across, up, isLog }: Plot): string {
  let isDown = false;
  const path = shownValues(line, isLog).map((value, i) => {
    if (value === null) return '';
    const step = `${isDown ? 'L' : 'M'}${across(x[i] ?? 0).toFixed(1)} ${up(value).toFixed(1)}`;
    isDown = true;
    return step;
  });
  const look = line.isFaint ? 'stroke-width="1" opacity="0.35"' : 'stroke-width="2"';
  return `<path d="${path.join('')}" fill="none" stroke="var(${line.colour})" ${look}/>`;
}

function scale([a, b]: readonly [number, number], [from, to]: readonly [number, number], isLog: boolean) {
  const by = isLog && a > 0 ? Math.log10 : (value: number) => value;
  const [low, high] = [by(a), by(b)];
  return (value: number) => (high === low ? (from + to) / 2 : from + ((by(value) - low) / (high - low)) * (to - from));
}

export interface Matrix {
  readonly title: string;
  readonly truthLabel: string;
  readonly predictedLabel: string;
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
  readonly shares: readonly (readonly number[])[];
}

/** A confusion matrix as a picture file, in the window's tokens. */
export function matrixSvg({ title, truthLabel, predictedLabel, classes, counts, shares }: Matrix): string {
  const cell = Math.max(18, Math.min(44, 520 / Math.max(1, classes.length)));
  const [left, top] = [96, 64];
  const cells = counts.flatMap((row, truth) =>
    row.map((count, predicted) => {
      const [x, y] = [left + predicted * cell, top + truth * cell];
      const opacity = (0.85 * (shares[truth]?.[predicted] ?? 0)).toFixed(3);
      return (
        `<rect x="${x}" y="${y}" width="${cell - 1}" height="${cell - 1}" fill="var(--chip)"/>` +
        `<rect x="${x}" y="${y}" width="${cell - 1}" height="${cell - 1}" fill="var(--group-evaluate)" opacity="${opacity}"/>` +
        `<text x="${x + cell / 2}" y="${y + cell / 2 + 4}" text-anchor="middle" ${letters} font-size="10" fill="var(--text)">${count}</text>`
      );
    }),
  );
  const names = classes.flatMap((name, i) => [
    `<text x="${left - 8}" y="${top + (i + 0.5) * cell + 4}" text-anchor="end" ${small}>${escapeXml(name)}</text>`,
    `<text x="${left + (i + 0.5) * cell}" y="${top - 8}" text-anchor="middle" ${small}>${escapeXml(name)}</text>`,
  ]);
  const side = cell * classes.length;
  const labels = [
    `<text x="${left + side / 2}" y="${top - 24}" text-anchor="middle" ${small}>${escapeXml(predictedLabel)}</text>`,
    `<text x="14" y="${top + side / 2}" text-anchor="middle" transform="rotate(-90 14 ${top + side / 2})" ${small}>${escapeXml(truthLabel)}</text>`,
  ];
  return document(title, [...cells, ...names, ...labels], { width: left + side + 16, height: top + side + 16 });
}

export interface Scatter {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Points around the line on which both are equal. */
export function scatterSvg({ title, xLabel, yLabel, points }: Scatter): string {
  const values = points.flatMap(({ x, y }) => [x, y]);
  const range = [Math.min(...values), Math.max(...values)] as const;
  const across = scale(range, [plot.left, width - plot.right], false);
  const up = scale(range, [height - plot.bottom, plot.top], false);
  const ticks = axisTicks(...range).flatMap((tick) => [
    `<line x1="${plot.left}" x2="${width - plot.right}" y1="${up(tick)}" y2="${up(tick)}" stroke="var(--line)"/>`,
    `<text x="${plot.left - 8}" y="${up(tick)}" dy="4" text-anchor="end" ${small}>${tickText(tick)}</text>`,
    `<text x="${across(tick)}" y="${height - plot.bottom + 18}" text-anchor="middle" ${small}>${tickText(tick)}</text>`,
  ]);
  const [low, high] = range;
  const equal = `<line x1="${across(low)}" y1="${up(low)}" x2="${across(high)}" y2="${up(high)}" stroke="var(--faint)" stroke-dasharray="4 4"/>`;
  const dots = points.map(({ x, y }) => {
    return `<circle cx="${across(x).toFixed(1)}" cy="${up(y).toFixed(1)}" r="3" fill="var(--accent)" opacity="0.5"/>`;
  });
  const labels = [
    `<text x="${width - plot.right}" y="${height - 8}" text-anchor="end" ${small}>${escapeXml(xLabel)}</text>`,
    `<text x="14" y="${height / 2}" text-anchor="middle" transform="rotate(-90 14 ${height / 2})" ${small}>${escapeXml(yLabel)}</text>`,
  ];
  return document(title, [...ticks, equal, ...dots, ...labels], { width, height });
}

function document(title: string, parts: readonly string[], size: { width: number; height: number }): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}">` +
    `<rect width="100%" height="100%" fill="var(--panel)"/>` +
    `<text x="16" y="24" ${letters} font-size="14" font-weight="600" fill="var(--text)">${escapeXml(title)}</text>` +
    `${parts.join('')}</svg>`
  );
}

/** Tokens become colours: outside the window nobody knows them. */
export function withColours(svg: string, colourOf: (token: string) => string): string {
  return svg.replace(/var\((--[\w-]+)\)/g, (_, token: string) => colourOf(token));
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
