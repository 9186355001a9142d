import { useState } from 'react';
import { metricWord } from '../../../src-shared/metric-words';
import { formatMetric } from '../../../src-shared/number-text';
import { reportScores } from '../../../src-shared/runs/report-scores';
import type {
  ClassificationReport,
  CrossValidationReport,
  RegressionReport,
  Report,
  ScoreReport,
  SingleReport,
} from '../../../src-shared/runs/values';
import { countText } from '../../i18n/format';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { splitName } from '../../inspector/type-words';
import type { Tab } from '../../store/workspace';
import { ClassTable } from './class-table';
import { ConfusionMatrix } from './confusion-matrix';
import { ExamplesFigure } from './examples-figure';
import { Figure } from './figure';
import { FoldTable } from './fold-table';
import { MistakesFigure } from './mistakes-figure';
import { ScatterFigure } from './scatter-figure';
import './metrics.css';
import './report.css';

export interface ReportProps<R extends Report = Report> {
  readonly tab: Tab;
  /** Name of the node that made the report. */
  readonly node: string;
  readonly report: R;
}

/** A report as figures. */
export function ReportView({ tab, node, report }: ReportProps) {
  switch (report.kind) {
    case 'classification':
      return <ClassificationView tab={tab} node={node} report={report} />;
    case 'regression':
      return <RegressionView tab={tab} node={node} report={report} />;
    case 'cross-validation':
      return <CrossValidationView node={node} report={report} />;
    case 'score':
      return <ScoreView node={node} report={report} />;
    case 'several':
      return report.reports.map((one) => <ReportView key={one.output} tab={tab} node={node} report={one} />);
  }
}

/** A cell of the confusion matrix, by names of classes. */
export interface Confusion {
  readonly truth: string;
  readonly predicted: string;
}

function ClassificationView({ tab, node, report }: ReportProps<ClassificationReport>) {
  const [cell, setCell] = useState<Confusion>();
  return (
    <>
      <Scores node={node} report={report} />
      <ConfusionMatrix node={node} report={report} cell={cell} onPick={setCell} />
      {cell ? (
        <ExamplesFigure
          key={`${cell.truth}>${cell.predicted}`}
          tab={tab}
          node={node}
          cell={cell}
          {...(report.output === undefined ? {} : { output: report.output })}
          onClose={() => setCell(undefined)}
        />
      ) : null}
      <MistakesFigure node={node} report={report} />
      <ClassTable node={node} report={report} />
    </>
  );
}

function RegressionView({ tab, node, report }: ReportProps<RegressionReport>) {
  return (
    <>
      <Scores node={node} report={report} />
      <ScatterFigure tab={tab} node={node} {...(report.output === undefined ? {} : { output: report.output })} />
      <MistakesFigure node={node} report={report} />
    </>
  );
}

function CrossValidationView({ node, report }: Omit<ReportProps<CrossValidationReport>, 'tab'>) {
  return <FoldTable node={node} report={report} />;
}

function ScoreView({ node, report }: Omit<ReportProps<ScoreReport>, 'tab'>) {
  return (
    <>
      <Scores node={node} report={report} />
      <MistakesFigure node={node} report={report} />
    </>
  );
}

/** The numbers that sum it up, with what they were measured on. */
function Scores({ node, report }: Omit<ReportProps<SingleReport>, 'tab'>) {
  const t = useTranslate();
  const language = useLanguage();
  const rows = t('panels.onSplit', {
    split: splitName(report.split, language),
    rows: countText(report.rows, language),
  });
  const of = report.output === undefined ? node : `${node} · ${report.output}`;
  const values = Object.entries(reportScores(report));
  const saving = { name: `${node}-scores`, rows: () => [['metric', 'value'], ...values] };
  return (
    <Figure title={`${t('panels.scores')} · ${of}`} saving={saving}>
      <dl className="scores">
        {values.map(([name, value]) => (
          <div key={name}>
            <dt>{metricWord(name, language)}</dt>
            <dd className="mono">{formatMetric(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="small muted">{rows}</p>
    </Figure>
  );
}
