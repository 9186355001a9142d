import { CircleCheck, TriangleAlert } from 'lucide-react';
import { type Answer, namedNumbers } from '../../src-shared/answer';
import type { TrialAnswer } from '../../src-shared/deploy';
import { formatMetric, formatSeconds } from '../../src-shared/number-text';
import { useTranslate } from '../i18n/i18n';
import { complaintIn, isSamePrediction, predictionIn } from './trial';

interface Props {
  readonly answer: TrialAnswer;
  /** What the app predicts for this very row; absent where it was changed. */
  readonly expected: Answer | undefined;
}

/** The answer of a deployment, its time, and whether the app says the same. */
export function TryAnswer({ answer: { status, milliseconds, body }, expected }: Props) {
  const t = useTranslate();
  const given = predictionIn(body);
  const complaint = given === undefined ? (complaintIn(body) ?? JSON.stringify(body)) : undefined;
  return (
    <div className="deploy-answer">
      <div className="deploy-row">
        <h4 className="section-title">{t('deploy.tryAnswer')}</h4>
        <span className="mono small muted">
          {t('deploy.tryTime', { time: formatSeconds(milliseconds / 1000), status })}
        </span>
      </div>
      {complaint === undefined ? null : <p className="deploy-complaint">{complaint}</p>}
      {given === undefined ? null : <Predictions given={given} expected={expected} />}
      {given !== undefined ? <Verdict given={given} expected={expected} /> : null}
    </div>
  );
}

function Verdict({ given, expected }: { readonly given: Answer; readonly expected: Answer | undefined }) {
  const t = useTranslate();
  if (expected === undefined) return <p className="muted">{t('deploy.tryChanged')}</p>;
  return isSamePrediction(given, expected) ? (
    <p className="deploy-ok">
      <CircleCheck size={16} aria-hidden="true" /> {t('deploy.trySame')}
    </p>
  ) : (
    <p className="deploy-complaint">
      <TriangleAlert size={16} aria-hidden="true" /> {t('deploy.tryDiffers')}
    </p>
  );
}

/** At most so many numbers are listed; of classes the likeliest come first. */
const shownNumbers = 10;

function Predictions({ given, expected }: { readonly given: Answer; readonly expected: Answer | undefined }) {
  const t = useTranslate();
  return (
    <table className="deploy-table">
      <thead>
        <tr>
          <th scope="col" />
          <th scope="col" className="number">
            {t('deploy.tryEndpoint')}
          </th>
          <th scope="col" className="number">
            {t('deploy.tryApp')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(given, expected).map(({ name, value, app }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number mono">{formatMetric(value)}</td>
            <td className="number mono">{app === undefined ? '—' : formatMetric(app)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function rowsOf(given: Answer, expected: Answer | undefined) {
  const app = new Map((expected === undefined ? [] : namedNumbers(expected)).map(({ name, value }) => [name, value]));
  const shown = namedNumbers(given).slice(0, shownNumbers);
  return shown.map(({ name, value }) => ({ name, value, app: app.get(name) }));
}
