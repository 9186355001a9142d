import { ArrowLeft } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ParamValue } from '../../../src-shared/document/document';
import { lookupNode } from '../../../src-shared/nodes/catalog';
import { formatMetric } from '../../../src-shared/number-text';
import type { RunSummary } from '../../../src-shared/preview';
import { orTell } from '../../app/tell';
import { momentText } from '../../i18n/format';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { BarTools } from '../bar-tools';
import type { ChartData } from '../metrics/chart-data';
import { Figure } from '../metrics/figure';
import { figureHeight } from '../metrics/figure-height';
import { useFigures } from '../metrics/figure-settings';
import { FigureTools } from '../metrics/figure-tools';
import { alignCurves, lossCurve } from '../metrics/loss-curve';
import { smooth } from '../metrics/smoothing';
import { ChartFigure } from '../metrics/training-figures';
import { useSize } from '../use-size';
import { type KeptRun, readRun } from './open-run';
import { diffParams } from './params-diff';
import { compareMetrics, metricLabel } from './run-metrics';
import '../metrics/metrics.css';
import { ScrollBox } from '../scroll-box';

interface Props {
  readonly before: RunSummary;
  readonly after: RunSummary;
  readonly onClose: () => void;
}

/** Two runs beside each other: what came out, what was set, how the loss fell. */
export function CompareRuns({ before, after, onClose }: Props) {
  const t = useTranslate();
  const [size, setBox] = useSize<HTMLDivElement>();
  const kept = useTwoRuns(before.run, after.run);
  return (
    <>
      <BarTools>
        <button type="button" className="button runs-compare" onClick={onClose}>
          <ArrowLeft size={14} strokeWidth={1.75} aria-hidden="true" />
          {t('panels.allRuns')}
        </button>
      </BarTools>
      <FigureTools hasAxis={false} />
      <div ref={setBox} className="figures scroll" style={figureHeight(size.height)}>
        <MetricTable before={before} after={after} />
        {kept ? <ParamTable kept={kept} before={before} after={after} /> : null}
        {kept ? <LossFigures kept={kept} before={before} after={after} /> : null}
      </div>
    </>
  );
}

type Two = readonly [KeptRun, KeptRun];

function useTwoRuns(first: string, second: string): Two | undefined {
  const [kept, setKept] = useState<{ readonly key: string; readonly runs: Two }>();
  const key = `${first} ${second}`;
  useEffect(() => {
    let isCurrent = true;
    void orTell(Promise.all([readRun(first), readRun(second)])).then((runs) => {
      if (isCurrent && runs) setKept({ key: `${first} ${second}`, runs });
    });
    return () => {
      isCurrent = false;
    };
  }, [first, second]);
  return kept?.key === key ? kept.runs : undefined;
}

type Pair = Pick<Props, 'before' | 'after'>;

function MetricTable({ before, after }: Pair) {
  const t = useTranslate();
  const language = useLanguage();
  const differences = compareMetrics(before.metrics, after.metrics);
  return (
    <Figure title={t('panels.results')} isWide>
      <CompareTable before={before} after={after} label={t('panels.metric')}>
        {differences.map(({ name, before: a, after: b }) => (
          <tr key={name}>
            <th scope="row">{metricLabel(name, language)}</th>
            <td className="number mono">{a === undefined ? '—' : formatMetric(a)}</td>
            <td className="number mono">{b === undefined ? '—' : formatMetric(b)}</td>
            <td className="number mono muted">{a === undefined || b === undefined ? '' : signed(b - a)}</td>
          </tr>
        ))}
      </CompareTable>
      {differences.length === 0 ? <p className="small muted">{t('panels.noMetrics')}</p> : null}
    </Figure>
  );
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${formatMetric(Math.abs(value))}`;
}

function ParamTable({ kept: [first, second], before, after }: Pair & { readonly kept: Two }) {
  const t = useTranslate();
  const differences = useMemo(
    () => (first.document && second.document ? diffParams(first.document, second.document, lookupNode) : undefined),
    [first, second],
  );
  return (
    <Figure title={t('panels.settings')}>
      {differences && differences.length > 0 ? (
        <CompareTable before={before} after={after} label={t('panels.setting')}>
          {differences.map(({ node, param, before: a, after: b }) => (
            <tr key={`${node} ${param}`}>
              <th scope="row" className="mono">
                {[node, param].filter(Boolean).join('.')}
              </th>
              <td className="number mono">{valueText(a)}</td>
              <td className="number mono">{valueText(b)}</td>
              <td />
            </tr>
          ))}
        </CompareTable>
      ) : (
        <p className="small muted">{t(differences ? 'panels.sameSettings' : 'panels.documentGone')}</p>
      )}
    </Figure>
  );
}

function valueText(value: ParamValue | undefined): string {
  if (value === undefined) return '—';
  return typeof value === 'string' ? value || '“”' : JSON.stringify(value);
}

function CompareTable({
  before,
  after,
  label,
  children,
}: Pair & { readonly label: string; readonly children: React.ReactNode }) {
  const language = useLanguage();
  return (
    <ScrollBox className="figure-table" aria-label={label}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{label}</th>
            {[before, after].map(({ run, startedAt }) => (
              <th key={run} scope="col" className="number">
                {momentText(startedAt, language)}
              </th>
            ))}
            <th scope="col" />
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollBox>
  );
}

/** One chart for each node that both, or one of them, have trained. */
function LossFigures({ kept, before, after }: Pair & { readonly kept: Two }) {
  const names = [...new Set(kept.flatMap(({ state }) => state.order.filter((name) => hasLoss(state.nodes[name]))))];
  return (
    <>
      {names.map((name) => (
        <LossFigure key={name} node={name} kept={kept} before={before} after={after} />
      ))}
    </>
  );
}

function hasLoss(node: KeptRun['state']['nodes'][string] | undefined): boolean {
  return (node?.loss.buckets.length ?? 0) > 0;
}

function LossFigure({ node, kept, before, after }: Pair & { readonly node: string; readonly kept: Two }) {
  const t = useTranslate();
  const language = useLanguage();
  const { smoothing, isLog } = useFigures();
  const chart = useMemo((): ChartData => {
    const curves = kept.map(({ state }) => {
      const loss = state.nodes[node]?.loss;
      const { x, y } = loss ? lossCurve(loss) : { x: [], y: [] };
      return { x, y: smooth(y, smoothing) };
    });
    const { x, ys } = alignCurves(curves);
    const lines = [before, after].map(({ startedAt }, i) => ({
      label: momentText(startedAt, language),
      colour: i === 0 ? '--accent' : '--group-train',
      y: ys[i] ?? [],
    }));
    const loss = t('panels.loss');
    return { title: `${loss} · ${node}`, xLabel: t('panels.step'), yLabel: loss, x, lines, isLog };
  }, [kept, node, before, after, smoothing, isLog, language, t]);
  return <ChartFigure name={`${node}-loss`} chart={chart} />;
}
