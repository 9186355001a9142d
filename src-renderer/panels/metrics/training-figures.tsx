import { useMemo } from 'react';
import type { NodeRun } from '../../../src-shared/runs/run-state';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { splitName } from '../../inspector/type-words';
import { type ChartData, chartRows } from './chart-data';
import { Figure } from './figure';
import { useFigures } from './figure-settings';
import { chartSvg } from './figure-svg';
import { Legend } from './legend';
import { LineChart } from './line-chart';
import { alignCurves, decimate, lossCurve } from './loss-curve';
import { type MetricCurves, metricCurves } from './metric-curves';
import { metricWord } from './metric-words';
import { smooth } from './smoothing';

interface Props {
  /** Name of the node. */
  readonly node: string;
  readonly run: NodeRun;
  /** Several nodes have figures: titles say whose this is. */
  readonly isNamed: boolean;
}

/** Loss by step, and each metric by epoch. */
export function TrainingFigures({ node, run, isNamed }: Props) {
  const metrics = useMemo(() => metricCurves(run.epochs), [run.epochs]);
  const suffix = isNamed ? ` · ${node}` : '';
  return (
    <>
      {run.loss.buckets.length > 0 ? <LossFigure node={node} suffix={suffix} loss={run.loss} /> : null}
      {metrics.map((each) => (
        <MetricFigure key={each.metric} node={node} suffix={suffix} curves={each} />
      ))}
    </>
  );
}

interface LossProps {
  readonly node: string;
  readonly suffix: string;
  readonly loss: NodeRun['loss'];
}

/** Points of a curve: more than there are pixels for. */
const mostPoints = 512;

function LossFigure({ node, suffix, loss }: LossProps) {
  const t = useTranslate();
  const { smoothing, isLog } = useFigures();
  const chart = useMemo((): ChartData => {
    const { x, y } = decimate(lossCurve(loss), mostPoints);
    const colour = '--group-train';
    const smoothed = { label: t('panels.smoothed'), colour, y: smooth(y, smoothing) };
    const raw = { label: t('panels.loss'), colour, y, isFaint: smoothing > 0 };
    const lines = smoothing > 0 ? [raw, smoothed] : [raw];
    return { title: t('panels.loss') + suffix, xLabel: t('panels.step'), yLabel: t('panels.loss'), x, lines, isLog };
  }, [loss, smoothing, isLog, suffix, t]);
  return <ChartFigure name={`${node}-loss`} chart={chart} />;
}

interface MetricProps {
  readonly node: string;
  readonly suffix: string;
  readonly curves: MetricCurves;
}

const foldColours = ['--group-data', '--group-train', '--group-layer', '--group-evaluate', '--group-deploy'] as const;

function MetricFigure({ node, suffix, curves: { metric, curves } }: MetricProps) {
  const t = useTranslate();
  const language = useLanguage();
  const isLoss = metric === 'loss';
  const isLog = useFigures((figures) => figures.isLog) && isLoss;
  const chart = useMemo((): ChartData => {
    const word = metricWord(metric, language);
    const shown = shownCurves(curves);
    const { x, ys } = alignCurves(shown);
    const lines = shown.map(({ isValidation, fold }, i) => {
      const part = splitName(isValidation ? 'validation' : 'train', language);
      const colour = isValidation ? '--accent' : '--group-train';
      return {
        label: fold === undefined ? part : t('panels.fold', { number: fold }),
        colour: fold === undefined ? colour : (foldColours[i % foldColours.length] ?? colour),
        y: ys[i] ?? [],
      };
    });
    const title = isLoss ? t('panels.lossByEpoch') : word;
    return { title: title + suffix, xLabel: t('panels.epoch'), yLabel: word, x, lines, isLog };
  }, [metric, curves, isLog, isLoss, suffix, language, t]);
  return <ChartFigure name={`${node}-${metric}`} chart={chart} />;
}

/** Of folds only how they do on held-out rows, where that is known: ten lines say nothing. */
function shownCurves(curves: MetricCurves['curves']): MetricCurves['curves'] {
  const isFolded = curves.some(({ fold }) => fold !== undefined);
  const validation = curves.filter(({ isValidation }) => isValidation);
  return isFolded && validation.length > 0 ? validation : curves;
}

/** A chart with its legend and its files. */
export function ChartFigure({ name, chart }: { readonly name: string; readonly chart: ChartData }) {
  return (
    <Figure
      title={chart.title}
      legend={<Legend lines={chart.lines} />}
      saving={{ name, svg: () => chartSvg(chart), rows: () => chartRows(chart) }}
    >
      <LineChart chart={chart} />
    </Figure>
  );
}
