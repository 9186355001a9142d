import { useState } from 'react';
import type { NodeRun, RunState } from '../../../src-shared/runs/run-state';
import { Select } from '../../fields/select';
import { useTranslate } from '../../i18n/i18n';
import { useRun } from '../../store/runs';
import type { Tab } from '../../store/workspace';
import { BarTools } from '../bar-tools';
import { EmptyNote, RunButton } from '../empty-note';
import { useSize } from '../use-size';
import { figureHeight } from './figure-height';
import { FigureTools } from './figure-tools';
import { ReportView } from './report-view';
import { TrainingFigures } from './training-figures';
import './metrics.css';

/** How training went and how good the result is: of the run that is under way, the newest, or one of the history. */
export function MetricsPanel({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const { run, phase } = useRun(tab.id);
  const [only, setOnly] = useState('');
  const [size, setBox] = useSize<HTMLDivElement>();
  const measured = measuredNodes(run);
  if (measured.length === 0) {
    if (phase !== 'idle') return <EmptyNote text={t('panels.metricsSoon')} />;
    return (
      <EmptyNote text={t('panels.noMetrics')} hint={t('panels.noMetricsHint')}>
        <RunButton />
      </EmptyNote>
    );
  }
  const shown = measured.filter(([name]) => name === only);
  const nodes = shown.length > 0 ? shown : measured;
  const trained = nodes.filter(([, node]) => isTrained(node)).length;
  return (
    <>
      {measured.length > 1 ? (
        <BarTools>
          <NodeChoice names={measured.map(([name]) => name)} only={only} onChange={setOnly} />
        </BarTools>
      ) : null}
      <FigureTools />
      <div ref={setBox} className="figures scroll" style={figureHeight(size.height)}>
        {nodes.map(([name, node]) =>
          isTrained(node) ? <TrainingFigures key={name} node={name} run={node} isNamed={trained > 1} /> : null,
        )}
        {nodes.map(([name, node]) =>
          node.report ? <ReportView key={name} tab={tab} node={name} report={node.report} /> : null,
        )}
      </div>
    </>
  );
}

function measuredNodes({ order, nodes }: RunState): [string, NodeRun][] {
  return order.flatMap((name): [string, NodeRun][] => {
    const node = nodes[name];
    return node && (isTrained(node) || node.report) ? [[name, node]] : [];
  });
}

function isTrained({ loss, epochs }: NodeRun): boolean {
  return loss.buckets.length > 0 || epochs.length > 0;
}

interface ChoiceProps {
  readonly names: readonly string[];
  readonly only: string;
  readonly onChange: (only: string) => void;
}

function NodeChoice({ names, only, onChange }: ChoiceProps) {
  const t = useTranslate();
  return (
    <Select
      className="bottom-select"
      aria-label={t('panels.node')}
      value={only}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{t('panels.allNodes')}</option>
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </Select>
  );
}
