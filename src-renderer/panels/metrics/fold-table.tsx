import { metricWord } from '../../../src-shared/metric-words';
import { formatMetric } from '../../../src-shared/number-text';
import type { CrossValidationReport } from '../../../src-shared/runs/values';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { ScrollBox } from '../scroll-box';
import { Figure } from './figure';

/** Each fold, and how far they are apart. */
export function FoldTable({ node, report }: { readonly node: string; readonly report: CrossValidationReport }) {
  const t = useTranslate();
  const language = useLanguage();
  const { folds, mean, deviation } = report;
  const names = Object.keys(mean);
  const rows = () => [
    ['metric', 'mean', 'deviation', ...folds.map((_, i) => `fold ${i + 1}`)],
    ...names.map((name) => [
      name,
      mean[name] ?? null,
      deviation[name] ?? null,
      ...folds.map((fold) => fold[name] ?? null),
    ]),
  ];
  return (
    <Figure title={`${t('panels.crossValidation')} · ${node}`} saving={{ name: `${node}-folds`, rows }} isWide>
      <ScrollBox className="figure-table" aria-label={t('panels.results')}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{t('panels.metric')}</th>
              <th scope="col" className="number">
                {t('panels.meanDeviation')}
              </th>
              {folds.map((_, i) => (
                // Folds have no other identity than their number.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <th key={i} scope="col" className="number">
                  {t('panels.fold', { number: i + 1 })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name}>
                <th scope="row">{metricWord(name, language)}</th>
                <td className="number mono">
                  <strong>{formatMetric(mean[name] ?? Number.NaN)}</strong> ±{' '}
                  {formatMetric(deviation[name] ?? Number.NaN)}
                </td>
                {folds.map((fold, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <td key={i} className="number mono">
                    {formatMetric(fold[name] ?? Number.NaN)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Figure>
  );
}
