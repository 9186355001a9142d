import { useEffect, useRef, useSyncExternalStore } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatMetric } from '../../../src-shared/number-text';
import { useCalm } from '../use-kept';
import { useSize } from '../use-size';
import { axisTicks, tickText } from './axis-ticks';
import { type ChartData, shownValues, valueRange } from './chart-data';
import { colourOf } from './save-figure';

/** At most ten pictures a second, however fast numbers come. */
const pause = 100;
const fewPoints = 24;

/** Lines over steps or epochs; what is under the pointer is read out below. */
export function LineChart({ chart }: { readonly chart: ChartData }) {
  const calm = useCalm(chart, pause);
  const theme = useTheme();
  const [size, setBox] = useSize<HTMLDivElement>();
  const readout = useRef<HTMLParagraphElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef(calm);
  latest.current = calm;
  const look = JSON.stringify([theme, calm.isLog, calm.xLabel, calm.yLabel, calm.lines.map(styleOf)]);
  useEffect(() => {
    if (!place.current || look === '') return;
    const made = new uPlot(optionsOf(latest, readout), dataOf(latest.current), place.current);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = undefined;
    };
  }, [look]);
  useEffect(() => {
    if (look !== '') plot.current?.setData(dataOf(calm));
  }, [calm, look]);
  useEffect(() => {
    if (look !== '' && size.width > 0) plot.current?.setSize({ width: size.width, height: Math.max(60, size.height) });
  }, [size, look]);
  return (
    <div className="line-chart" role="img" aria-label={describe(calm)}>
      <div ref={setBox} className="line-chart-box">
        <div ref={place} className="line-chart-plot" />
      </div>
      <p ref={readout} className="line-chart-readout mono" aria-hidden="true" />
    </div>
  );
}

function styleOf({ label, colour, isFaint }: ChartData['lines'][number]): unknown {
  return [label, colour, isFaint];
}

function dataOf({ x, lines, isLog }: ChartData): uPlot.AlignedData {
  return [[...x], ...lines.map((line) => shownValues(line, isLog))];
}

type Latest = { readonly current: ChartData };

function optionsOf(latest: Latest, readout: { readonly current: HTMLElement | null }): uPlot.Options {
  const { isLog = false, lines, xLabel, yLabel } = latest.current;
  const letters = `11px ${colourOf('--font')}`;
  const axis = { stroke: colourOf('--muted'), font: letters, labelFont: letters, ticks: { show: false } };
  return {
    width: 240,
    height: 120,
    legend: { show: false },
    padding: [6, 8, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      x: { time: false, range: (_, min, max) => (min === max ? [min - 1, max + 1] : [min, max]) },
      y: { distr: isLog ? 3 : 1, range: () => [...valueRange(latest.current)] },
    },
    axes: [
      {
        ...axis,
        label: xLabel,
        labelSize: 16,
        labelGap: 0,
        size: 20,
        gap: 4,
        grid: { show: false },
        splits: (...[, , min, max]) => wholeTicks(min, max),
        values: (_, ticks) => ticks.map(tickText),
      },
      {
        ...axis,
        label: yLabel,
        labelSize: 16,
        labelGap: 0,
        size: 44,
        gap: 6,
        grid: { stroke: colourOf('--line'), width: 1 },
        splits: (...[, , min, max]) => axisTicks(min, max, isLog),
        // All of them: on its own it leaves out lines of a logarithmic axis.
        filter: (_, ticks) => ticks,
        values: (_, ticks) => ticks.map(tickText),
      },
    ],
    series: [{}, ...lines.map(seriesOf)],
    hooks: { setCursor: [({ cursor }) => show(readout.current, readAt(latest.current, cursor.idx))] },
  };
}

/** Steps and epochs are whole; only a stretch without whole numbers shows parts. */
function wholeTicks(min: number, max: number): number[] {
  const ticks = axisTicks(min, max);
  const whole = ticks.filter(Number.isInteger);
  return whole.length > 0 ? whole : ticks;
}

function seriesOf({ label, colour, isFaint = false }: ChartData['lines'][number]): uPlot.Series {
  return {
    label,
    stroke: colourOf(colour),
    width: isFaint ? 1 : 2,
    alpha: isFaint ? 0.35 : 1,
    spanGaps: true,
    // Few points are shown as such; of many the line says enough.
    points: { show: ({ data: [x] }) => x.length <= fewPoints, size: 6 },
  };
}

function show(element: HTMLElement | null, text: string): void {
  if (element) element.textContent = text;
}

function readAt({ xLabel, x, lines }: ChartData, index: number | null | undefined): string {
  if (index === null || index === undefined || x[index] === undefined) return '';
  const values = lines.flatMap(({ label, y }) => {
    const value = y[index];
    return typeof value === 'number' ? [`${label} ${formatMetric(value)}`] : [];
  });
  return [`${xLabel} ${tickText(x[index])}`, ...values].join(' · ');
}

/** The chart in a sentence, for those who do not see it. */
function describe({ title, lines }: ChartData): string {
  const parts = lines.flatMap(({ label, y, isFaint }) => {
    const known = y.filter((value) => value !== null);
    const [first, last] = [known[0], known.at(-1)];
    return isFaint || first === undefined || last === undefined
      ? []
      : [`${label} ${formatMetric(first)} → ${formatMetric(last)}`];
  });
  return `${title}: ${parts.join(', ')}`;
}

/** Changes when the colours do. */
export function useTheme(): string {
  return useSyncExternalStore(watchTheme, () => document.documentElement.dataset.theme ?? '');
}

function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
