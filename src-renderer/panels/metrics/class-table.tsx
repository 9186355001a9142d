import { metricWord } from '../../../src-shared/metric-words';
import { formatMetric } from '../../../src-shared/number-text';
import type { ClassificationReport } from '../../../src-shared/runs/values';
import { countText } from '../../i18n/format';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { ScrollBox } from '../scroll-box';
import { Figure } from './figure';

const measures = ['precision', 'recall', 'f1'] as const;

/** How well each class is told from the others. */
export function ClassTable({ node, report }: { readonly node: string; readonly report: ClassificationReport }) {
  const t = useTranslate();
  const language = useLanguage();
  const { perClass } = report;
  const rows = () => [
    ['class', ...measures, 'support'],
    ...perClass.map(({ name, precision, recall, f1, support }) => [name, precision, recall, f1, support]),
  ];
  return (
    <Figure title={t('panels.perClass')} saving={{ name: `${node}-classes`, rows }}>
      <ScrollBox className="figure-table" aria-label={t('panels.perClass')}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{t('panels.class')}</th>
              {measures.map((name) => (
                <th key={name} scope="col" className="number">
                  {metricWord(name, language)}
                </th>
              ))}
              <th scope="col" className="number">
                {t('panels.support')}
              </th>
            </tr>
          </thead>
          <tbody>
            {perClass.map((each) => (
              <tr key={each.name}>
                <th scope="row">{each.name}</th>
                {measures.map((name) => (
                  <td key={name} className="number mono">
                    {formatMetric(each[name])}
                  </td>
                ))}
                <td className="number mono">{countText(each.support, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Figure>
  );
}
