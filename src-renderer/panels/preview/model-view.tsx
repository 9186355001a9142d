import { metricWord } from '../../../src-shared/metric-words';
import { formatMetric } from '../../../src-shared/number-text';
import type { ModelPreview, WeightSummary } from '../../../src-shared/preview';
import { classesOf } from '../../../src-shared/types/signature';
import { countText } from '../../i18n/format';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { ScrollBox } from '../scroll-box';
import { Caption } from './caption';
import { MiniHistogram } from './mini-histogram';

interface Props {
  readonly name: string;
  readonly model: ModelPreview;
  readonly state: string | undefined;
}

/** A trained model: what it measured last, and its weights. */
export function ModelView({ name, model, state }: Props) {
  const t = useTranslate();
  const language = useLanguage();
  const metrics = Object.entries(model.metrics).map(
    ([key, value]) => `${metricWord(key, language)} ${formatMetric(value)}`,
  );
  const parts = [
    name,
    ...model.outputs.map((field) =>
      t(classesOf(field) ? 'panels.classifies' : 'panels.estimates', { target: field.target ?? field.name }),
    ),
    t('panels.parameterCount', { count: countText(model.parameters, language) }),
    ...metrics,
    state,
  ];
  return (
    <>
      <Caption parts={parts} />
      <ScrollBox className="preview-scroll" aria-label={name}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{t('panels.weight')}</th>
              <th scope="col">{t('panels.shape')}</th>
              <th scope="col" className="number">
                {t('panels.least')}
              </th>
              <th scope="col" className="number">
                {t('panels.greatest')}
              </th>
              <th scope="col" className="number">
                {t('panels.mean')}
              </th>
              <th scope="col" className="number">
                {t('panels.deviation')}
              </th>
              <th scope="col">{t('panels.histogram')}</th>
            </tr>
          </thead>
          <tbody>
            {model.weights.map((weight) => (
              <WeightRow key={weight.name} weight={weight} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}

function WeightRow({ weight }: { readonly weight: WeightSummary }) {
  const { name, shape, dtype, min, max, mean, deviation, histogram } = weight;
  return (
    <tr>
      <th scope="row" className="mono">
        {name}
      </th>
      <td className="mono">{`${shape.join(' × ')} ${dtype}`}</td>
      {[min, max, mean, deviation].map((value, i) => (
        // The four numbers of a row have no other identity than their column.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <td key={i} className="number mono">
          {formatMetric(value)}
        </td>
      ))}
      <td>
        <MiniHistogram histogram={histogram} />
      </td>
    </tr>
  );
}
