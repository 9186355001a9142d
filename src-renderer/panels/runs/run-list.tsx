import { formatMetric, formatSeconds } from '../../../src-shared/number-text';
import type { RunSummary } from '../../../src-shared/preview';
import { momentText } from '../../i18n/format';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import type { MessageKey } from '../../i18n/messages';
import { useRun } from '../../store/runs';
import type { Tab } from '../../store/workspace';
import { ScrollBox } from '../scroll-box';
import { openRun } from './open-run';
import { documentVersions, metricLabel } from './run-metrics';

interface Props {
  readonly tab: Tab;
  readonly runs: readonly RunSummary[];
  readonly marked: readonly string[];
  readonly onMark: (run: string) => void;
}

export const runStates = {
  running: 'panels.stateRunning',
  done: 'panels.stateDone',
  failed: 'panels.stateFailed',
  cancelled: 'panels.stateCancelled',
} as const satisfies Record<RunSummary['state'], MessageKey>;

/** Runs, the newest first. */
export function RunList({ tab, runs, marked, onMark }: Props) {
  const t = useTranslate();
  const { phase, run: shown } = useRun(tab.id);
  const versions = documentVersions(runs);
  return (
    <ScrollBox className="preview-scroll" aria-label={t('panels.runs')}>
      <table className="data-table run-list">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('panels.compare')}</span>
            </th>
            <th scope="col">{t('panels.when')}</th>
            <th scope="col">{t('panels.state')}</th>
            <th scope="col" className="number">
              {t('panels.took')}
            </th>
            <th scope="col">{t('panels.results')}</th>
            <th scope="col" className="number" title={t('panels.versionHint')}>
              {t('panels.version')}
            </th>
            <th scope="col" className="number">
              {t('panels.seed')}
            </th>
            <th scope="col">{t('panels.backend')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('panels.open')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow
              key={run.run}
              run={run}
              version={versions.get(run.document)}
              isShown={run.run === shown.run}
              isMarked={marked.includes(run.run)}
              onMark={() => onMark(run.run)}
              onOpen={phase === 'idle' ? () => void openRun(tab.id, run.run) : undefined}
            />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

interface RowProps {
  readonly run: RunSummary;
  /** Which of the documents that ran. */
  readonly version: number | undefined;
  readonly isShown: boolean;
  readonly isMarked: boolean;
  readonly onMark: () => void;
  /** Absent while another run is under way. */
  readonly onOpen: (() => void) | undefined;
}

function RunRow({ run, version, isShown, isMarked, onMark, onOpen }: RowProps) {
  const t = useTranslate();
  const language = useLanguage();
  const when = momentText(run.startedAt, language);
  const metrics = Object.entries(run.metrics).map(
    ([name, value]) => `${metricLabel(name, language)} ${formatMetric(value)}`,
  );
  return (
    <tr aria-current={isShown}>
      <td>
        <input type="checkbox" checked={isMarked} onChange={onMark} aria-label={t('panels.markRun', { when })} />
      </td>
      <th scope="row">{when}</th>
      <td className="run-state" data-state={run.state}>
        {t(runStates[run.state])}
      </td>
      <td className="number mono">{run.seconds === undefined ? '—' : formatSeconds(run.seconds)}</td>
      <td className="run-metrics mono" title={metrics.join('\n')}>
        {metrics.join(' · ')}
      </td>
      <td className="number mono" title={t('panels.versionHint')}>
        {version}
      </td>
      <td className="number mono">{run.seed}</td>
      <td className="run-backend mono" title={run.backend}>
        {run.backend}
      </td>
      <td>
        <button
          type="button"
          className="button run-open"
          disabled={!onOpen || isShown}
          title={onOpen ? undefined : t('panels.openWhileRunning')}
          onClick={onOpen}
        >
          {t(isShown ? 'panels.shown' : 'panels.open')}
        </button>
      </td>
    </tr>
  );
}
