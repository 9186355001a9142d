import { useEffect, useId, useState } from 'react';
import type { DeploymentSummary, Sample, TrialAnswer } from '../../src-shared/deploy';
import { problem as newProblem, type Problem } from '../../src-shared/problem';
import { problemOf } from '../app/tell';
import { ask } from '../bridge/bridge';
import { useTranslate } from '../i18n/i18n';
import { useDeploy } from './deploy-store';
import { ProblemNote } from './problem-note';
import { RowEditor } from './row-editor';
import { hasFields } from './trial';
import { TryAnswer } from './try-answer';

/** Sends a held-out row to a deployment and shows what it answers beside what the app predicted. */
export function TryForm({ chosen }: { readonly chosen: DeploymentSummary }) {
  const t = useTranslate();
  const samples = useDeploy((panel) => panel.samples);
  return (
    <section className="deploy-stack" aria-label={t('deploy.tryTitle')}>
      <h3 className="section-title">{t('deploy.tryTitle')}</h3>
      <p className="muted">{t(chosen.endpoint === undefined ? 'deploy.tryIntroLocal' : 'deploy.tryIntro')}</p>
      {samples?.state === 'failed' ? <ProblemNote problem={samples.problem} /> : null}
      {samples?.state === 'loading' ? <p className="muted">{t('deploy.loading')}</p> : null}
      {samples?.state === 'ready' ? <Trial key={chosen.bundle} chosen={chosen} samples={samples.value} /> : null}
    </section>
  );
}

type Outcome = { readonly answer: TrialAnswer; readonly row: string } | { readonly problem: Problem };

function Trial({ chosen, samples }: { readonly chosen: DeploymentSummary; readonly samples: readonly Sample[] }) {
  const t = useTranslate();
  const picker = useId();
  const [index, setIndex] = useState(0);
  const sample = samples[index];
  const original = JSON.stringify(sample?.row ?? {}, undefined, 2);
  const [json, setJson] = useState(original);
  const [outcome, setOutcome] = useState<Outcome | 'asking'>();
  useEffect(() => {
    setJson(original);
    setOutcome(undefined);
  }, [original]);
  const send = async () => {
    const row = parseRow(json);
    if ('problem' in row) return setOutcome(row);
    setOutcome('asking');
    const { target, config, bundle } = chosen;
    const asked = ask('deploy:try', { target, config, bundle, row: row.value });
    return setOutcome(
      await asked.then(
        (answer) => ({ answer, row: json }),
        (error) => ({ problem: problemOf(error) }),
      ),
    );
  };
  return (
    <>
      <div className="deploy-row">
        <label htmlFor={picker}>{t('deploy.trySample')}</label>
        <select
          id={picker}
          className="input deploy-narrow"
          value={index}
          onChange={(e) => setIndex(Number(e.target.value))}
        >
          {samples.map((each, at) => (
            <option key={JSON.stringify(each.row).slice(0, 200) + String(at)} value={at}>
              {at + 1}
            </option>
          ))}
        </select>
        <button type="button" className="button primary" disabled={outcome === 'asking'} onClick={() => void send()}>
          {t(outcome === 'asking' ? 'deploy.trySending' : 'deploy.trySend')}
        </button>
      </div>
      <RowEditor json={json} canUseFields={sample !== undefined && hasFields(sample.row)} onChange={setJson} />
      <div aria-live="polite">
        {outcome !== undefined && outcome !== 'asking' && 'problem' in outcome ? (
          <ProblemNote problem={outcome.problem} />
        ) : null}
        {outcome !== undefined && outcome !== 'asking' && 'answer' in outcome ? (
          <TryAnswer answer={outcome.answer} expected={outcome.row === original ? sample?.predicted : undefined} />
        ) : null}
      </div>
    </>
  );
}

function parseRow(json: string): { readonly value: unknown } | { readonly problem: Problem } {
  try {
    return { value: JSON.parse(json) };
  } catch (error) {
    return { problem: newProblem('row-not-json', { message: error instanceof Error ? error.message : '' }) };
  }
}
