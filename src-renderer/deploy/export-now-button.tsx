import { useTranslate } from '../i18n/i18n';
import { useRun } from '../store/runs';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { useDeploy } from './deploy-store';
import { exportNow, modelsOf } from './export-now';
import { ProblemNote } from './problem-note';

/** Makes an export; where a document has many models, the one that is meant is asked for. */
export function ExportNow({ tab, isPrimary }: { readonly tab: Tab; readonly isPrimary: boolean }) {
  const t = useTranslate();
  const { exporting, model } = useDeploy();
  const isBusy = useRun(tab.id).phase !== 'idle';
  useDocument(tab.editor);
  const models = modelsOf(tab);
  const start = () => void exportNow(tab, models.length > 1 ? (model ?? models[0]) : undefined);
  if (exporting?.isRunning) return <ExportProgress tab={tab} />;
  return (
    <div className="deploy-stack">
      {exporting?.problem ? <ProblemNote problem={exporting.problem} /> : null}
      <div className="deploy-row">
        {models.length > 1 ? (
          <label className="deploy-row">
            <span>{t('deploy.whichModel')}</span>
            <select
              className="input"
              value={model ?? models[0]}
              onChange={({ target }) => useDeploy.setState({ model: target.value })}
            >
              {models.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        ) : null}
        <button type="button" className={isPrimary ? 'button primary' : 'button'} disabled={isBusy} onClick={start}>
          {t(isPrimary ? 'deploy.exportNow' : 'deploy.exportAgain')}
        </button>
      </div>
    </div>
  );
}

function ExportProgress({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const { run } = useRun(tab.id);
  const states = run.order.map((name) => run.nodes[name]?.state);
  const done = states.filter((state) => state === 'done' || state === 'cached').length;
  const node = run.order.find((name) => run.nodes[name]?.state === 'running');
  const total = states.filter((state) => state !== 'off' && state !== 'traced').length;
  return (
    <div className="deploy-stack" role="status">
      <p>{node === undefined ? t('deploy.exporting') : t('deploy.exportStep', { done: done + 1, total, node })}</p>
      <progress className="deploy-progress" value={done} max={Math.max(1, total)} aria-label={t('deploy.exporting')} />
    </div>
  );
}
