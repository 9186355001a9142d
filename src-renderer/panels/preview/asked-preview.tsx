import { useState } from 'react';
import type { AskOf } from '../../../src-shared/ipc';
import type { Preview } from '../../../src-shared/preview';
import type { SplitName } from '../../../src-shared/types/ports';
import { useTranslate } from '../../i18n/i18n';
import { useAnalysis } from '../../store/analysis';
import { useRun } from '../../store/runs';
import { useDocument } from '../../store/use-editor';
import type { Tab } from '../../store/workspace';
import { ReportView } from '../metrics/report-view';
import { type Answered, useAnswer } from '../use-answer';
import { useKept } from '../use-kept';
import { ArtifactView } from './artifact-view';
import { Caption } from './caption';
import { ModelView } from './model-view';
import { NothingView } from './nothing-view';
import { PredictionsView } from './predictions-view';
import { contentKey, type PreviewTarget } from './preview-target';
import { TableView } from './table-view';
import { pageRows } from './use-pages';

/** How a person wants to see a table. */
export interface TableOrder {
  readonly sort?: { readonly column: string; readonly descending: boolean };
  readonly split?: SplitName;
}

interface Props {
  readonly tab: Tab;
  readonly target: PreviewTarget;
}

/** Waits after the last edit, in milliseconds. */
const askAfter = 200;

/** A value that only the host has: it is asked for, and again when the document, or a run, changed it. */
export function AskedPreview({ tab, target }: Props) {
  const t = useTranslate();
  const [order, setOrder] = useState<TableOrder>({});
  const answered = useAnswer('document:preview', usePreviewAsk({ tab, target }, order), askAfter);
  const { value, problem, isLoading } = answered;
  if (problem) return <NothingView tab={tab} problem={problem} onReset={order.sort ? () => setOrder({}) : undefined} />;
  if (!value) return isLoading ? <p className="preview-caption small muted">{t('panels.looking')}</p> : null;
  return (
    <div className="preview-value" aria-busy={isLoading}>
      <PreviewBody tab={tab} target={target} answered={answered} value={value} order={order} setOrder={setOrder} />
    </div>
  );
}

function usePreviewAsk({ tab, target }: Props, order: TableOrder): AskOf<'document:preview'> {
  const document = useDocument(tab.editor);
  const { run, phase } = useRun(tab.id);
  const isReading = useAnalysis((all) => all[tab.id]?.isReading);
  const { node, port, name } = target;
  const wanted = { id: tab.id, document, node, port, offset: 0, limit: pageRows, statistics: true, ...order };
  const moment = [phase === 'idle', run.run, run.state, run.nodes[name]?.state, isReading];
  return useKept(wanted, JSON.stringify([contentKey(document), moment, node, port, order]));
}

interface BodyProps extends Props {
  readonly answered: Answered<'document:preview'>;
  readonly value: Preview;
  readonly order: TableOrder;
  readonly setOrder: (order: TableOrder) => void;
}

function PreviewBody({ tab, target, answered, value, order, setOrder }: BodyProps) {
  const t = useTranslate();
  const state = value.stale ? t('panels.stale') : undefined;
  const { of } = answered;
  switch (value.kind) {
    case 'none':
      return <NothingView tab={tab} problem={value.problem} />;
    case 'table':
      return of ? (
        <TableView name={target.name} of={of} table={value} state={state} order={order} setOrder={setOrder} />
      ) : null;
    case 'model':
      return <ModelView name={target.name} model={value} state={state} />;
    case 'artifact':
      return <ArtifactView name={target.name} artifact={value} state={state} />;
    case 'predictions':
      return of ? <PredictionsView name={target.name} of={of} first={value} state={state} /> : null;
    case 'report':
      return (
        <>
          <Caption parts={[target.name, state]} />
          <div className="preview-figures scroll">
            <ReportView tab={tab} node={target.name} report={value.report} />
          </div>
        </>
      );
  }
}
