import { useMemo } from 'react';
import { metricWord } from '../../../src-shared/metric-words';
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
import { smooth } from './smoothing';
import { type AxisPlaces, placesOn, type XAxis } from './x-axis';

interface Props {
  /** Name of the node. */
  readonly node: string;
  readonly run: NodeRun;
  /** Several nodes have figures: titles say whose this is. */
  readonly isNamed: boolean;
}

/** Loss by step, and each metric by epoch. */
export function TrainingFigures({ node, run, isNamed }: Props) {
  const axis = useFigures((figures) => figures.axis);
  const { epochs, resumedAfter } = run;
  const steps = run.training?.steps;
  const metrics = useMemo(() => metricCurves(epochs), [epochs]);
  const places = useMemo((): Places => {
    const found = placesOn(axis, { epochs, steps, resumedAfter });
    return found && { ...found, axis };
  }, [axis, epochs, steps, resumedAfter]);
  const suffix = isNamed ? ` · ${node}` : '';
  return (
    <>
      {run.loss.buckets.length > 0 ? <LossFigure node={node} suffix={suffix} loss={run.loss} places={places} /> : null}
      {metrics
        .filter((each) => tellsMore(each, run))
        .map((each) => (
          <MetricFigure key={each.metric} node={node} suffix={suffix} curves={each} places={places} />
        ))}
    </>
  );
}

/** The loss of training rows is drawn by step already; that of other rows, or of folds, is not. */
function tellsMore({ metric, curves }: MetricCurves, { loss }: NodeRun): boolean {
  const isPlain = curves.every(({ isValidation, fold }) => !isValidation && fold === undefined);
  return metric !== 'loss' || loss.buckets.length === 0 || !isPlain;
}

/** Absent: loss by step, metrics by epoch, as they were told. */
type Places = (AxisPlaces & { readonly axis: XAxis }) | undefined;

const axisLabels = { step: 'panels.step', epoch: 'panels.epoch', time: 'panels.seconds' } as const;

interface LossProps {
  readonly node: string;
  readonly suffix: string;
  readonly loss: NodeRun['loss'];
  readonly places: Places;
}

/** Points of a curve: more than there are pixels for. */
const mostPoints = 512;

function LossFigure({ node, suffix, loss, places }: LossProps) {
  const t = useTranslate();
  const { smoothing, isLog } = useFigures();
  const chart = useMemo((): ChartData => {
    const { x: steps, y } = decimate(lossCurve(loss), mostPoints);
    const x = places ? steps.map(places.ofStep) : steps;
    const xLabel = t(axisLabels[places?.axis ?? 'step']);
    const colour = '--group-train';
    const smoothed = { label: t('panels.smoothed'), colour, y: smooth(y, smoothing) };
    const raw = { label: t('panels.loss'), colour, y, isFaint: smoothing > 0 };
    const lines = smoothing > 0 ? [raw, smoothed] : [raw];
    return { title: t('panels.loss') + suffix, xLabel, yLabel: t('panels.loss'), x, lines, isLog };
  }, [loss, places, smoothing, isLog, suffix, t]);
  return <ChartFigure name={`${node}-loss`} chart={chart} />;
}

interface MetricProps {
  readonly node: string;
  readonly suffix: string;
  readonly curves: MetricCurves;
  readonly places: Places;
}

const foldColours = ['--group-data', '--group-train', '--group-layer', '--group-evaluate', '--group-deploy'] as const;

function MetricFigure({ node, suffix, curves: { metric, curves }, places }: MetricProps) {
  const t = useTranslate();
  const language = useLanguage();
  const isLoss = metric === 'loss';
  const isLog = useFigures((figures) => figures.isLog) && isLoss;
  const chart = useMemo((): ChartData => {
    const word = metricWord(metric, language);
    const shown = shownCurves(curves).map((curve) => {
      return places ? { ...curve, x: curve.x.map((epoch) => places.ofEpoch(epoch, curve.fold)) } : curve;
    });
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
    const xLabel = t(axisLabels[places?.axis ?? 'epoch']);
    return { title: title + suffix, xLabel, yLabel: word, x, lines, isLog };
  }, [metric, curves, places, isLog, isLoss, suffix, language, t]);
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
