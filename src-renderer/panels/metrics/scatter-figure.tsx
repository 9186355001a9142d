import { useMemo } from 'react';
import type { Examples } from '../../../src-shared/preview';
import { useTranslate } from '../../i18n/i18n';
import type { Tab } from '../../store/workspace';
import { NothingView } from '../preview/nothing-view';
import { useSize } from '../use-size';
import { axisTicks, tickText } from './axis-ticks';
import { useExamples } from './examples-figure';
import { Figure } from './figure';
import { scatterSvg } from './figure-svg';

interface Props {
  readonly tab: Tab;
  readonly node: string;
  /** Of a model with several outputs. */
  readonly output?: string;
}

type Residuals = NonNullable<Examples['residuals']>;

/** Truth against prediction: on the dashed line both are equal. */
export function ScatterFigure({ tab, node, output }: Props) {
  const t = useTranslate();
  const { value, problem } = useExamples(
    { tab, node },
    { offset: 0, limit: 1, ...(output === undefined ? {} : { output }) },
  );
  const points = value?.residuals;
  const title = t('panels.truthAgainstPredicted');
  const labels = { title, xLabel: t('panels.truth'), yLabel: t('panels.predicted') };
  return (
    <Figure
      title={title}
      {...(points
        ? {
            saving: {
              name: `${node}-residuals`,
              svg: () => scatterSvg({ ...labels, points: points.map(({ truth: x, predicted: y }) => ({ x, y })) }),
              rows: () => [
                ['row', 'truth', 'predicted'],
                ...points.map(({ row, truth, predicted }) => [row + 1, truth, predicted]),
              ],
            },
          }
        : {})}
    >
      {problem ? <NothingView tab={tab} problem={problem} /> : null}
      {points ? <Scatter points={points} {...labels} /> : null}
    </Figure>
  );
}

const room = { left: 48, right: 8, top: 6, bottom: 32 } as const;

interface ScatterProps {
  readonly points: Residuals;
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
}

function Scatter({ points, title, xLabel, yLabel }: ScatterProps) {
  const [size, setBox] = useSize<HTMLDivElement>();
  const [low, high] = useMemo(() => rangeOf(points), [points]);
  const share = (value: number) => (value - low) / (high - low || 1);
  const across = (value: number) => room.left + share(value) * Math.max(1, size.width - room.left - room.right);
  const up = (value: number) =>
    size.height - room.bottom - share(value) * Math.max(1, size.height - room.top - room.bottom);
  return (
    <div ref={setBox} className="scatter">
      <svg width={size.width} height={size.height} role="img" aria-label={title}>
        {axisTicks(low, high).map((tick) => (
          <g key={tick} className="scatter-tick">
            <line x1={room.left} x2={size.width - room.right} y1={up(tick)} y2={up(tick)} />
            <text x={room.left - 6} y={up(tick) + 4} textAnchor="end">
              {tickText(tick)}
            </text>
            <text x={across(tick)} y={size.height - room.bottom + 14} textAnchor="middle">
              {tickText(tick)}
            </text>
          </g>
        ))}
        <line className="scatter-equal" x1={across(low)} y1={up(low)} x2={across(high)} y2={up(high)} />
        {points.map(({ row, truth, predicted }) => (
          <circle key={row} className="scatter-point" cx={across(truth)} cy={up(predicted)} r={2.5}>
            <title>{`#${row + 1} · ${tickText(truth)} → ${tickText(predicted)}`}</title>
          </circle>
        ))}
        <text className="scatter-label" x={size.width - room.right} y={size.height - 4} textAnchor="end">
          {xLabel}
        </text>
        <text
          className="scatter-label"
          transform={`rotate(-90 10 ${size.height / 2})`}
          x={10}
          y={size.height / 2}
          textAnchor="middle"
        >
          {yLabel}
        </text>
      </svg>
    </div>
  );
}

function rangeOf(points: Residuals): readonly [number, number] {
  const values = points.flatMap(({ truth, predicted }) => [truth, predicted]).filter(Number.isFinite);
  return values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
}
