import { useState } from 'react';
import { formatMetric } from '../../../src-shared/number-text';
import type {
  ClassificationReport,
  CrossValidationReport,
  RegressionReport,
  Report,
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
import { metricWord } from './metric-words';
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
      <Scores node={node} report={report} names={['accuracy', 'precision', 'recall', 'f1', 'logLoss']} />
      <ConfusionMatrix node={node} report={report} cell={cell} onPick={setCell} />
      {cell ? (
        <ExamplesFigure
          key={`${cell.truth}>${cell.predicted}`}
          tab={tab}
          node={node}
          cell={cell}
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
      <Scores node={node} report={report} names={['r2', 'mae', 'rmse']} />
      <ScatterFigure tab={tab} node={node} />
      <MistakesFigure node={node} report={report} />
    </>
  );
}

function CrossValidationView({ node, report }: Omit<ReportProps<CrossValidationReport>, 'tab'>) {
  return <FoldTable node={node} report={report} />;
}

interface ScoresProps<R extends ClassificationReport | RegressionReport> {
  readonly node: string;
  readonly report: R;
  readonly names: readonly (keyof R & string)[];
}

/** The numbers that sum it up, with what they were measured on. */
function Scores<R extends ClassificationReport | RegressionReport>({ node, report, names }: ScoresProps<R>) {
  const t = useTranslate();
  const language = useLanguage();
  const rows = t('panels.onSplit', {
    split: splitName(report.split, language),
    rows: countText(report.rows, language),
  });
  const values = names.map((name) => [name, Number(report[name])] as const);
  const saving = { name: `${node}-scores`, rows: () => [['metric', 'value'], ...values] };
  return (
    <Figure title={`${t('panels.scores')} · ${node}`} saving={saving}>
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
