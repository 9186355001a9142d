import { formatShape } from '../../../src-shared/ops/dims';
import type { EstimatorType, TensorWire, WireType } from '../../../src-shared/types/ports';
import { useLanguage, useTranslate } from '../../i18n/i18n';
import { costText, typeLines, wireName } from '../../inspector/type-words';
import { ScrollBox } from '../scroll-box';
import { Caption } from './caption';

interface Props {
  readonly name: string;
  readonly type: WireType;
}

/** A layer, or a model that is not trained: known without running, and whole in a few lines. */
export function TypeView({ name, type }: Props) {
  const t = useTranslate();
  const language = useLanguage();
  return (
    <>
      <Caption parts={[name, wireName(type.type, language)]} />
      <ScrollBox className="preview-facts" aria-label={name}>
        {type.type === 'tensor' ? <LayerFacts type={type} /> : null}
        {type.type === 'estimator' ? <EstimatorFacts type={type} /> : null}
        <p className="muted small">{t(type.type === 'tensor' ? 'panels.layerHint' : 'panels.estimatorHint')}</p>
      </ScrollBox>
    </>
  );
}

function LayerFacts({ type }: { readonly type: TensorWire }) {
  const t = useTranslate();
  const language = useLanguage();
  const [parameters, flops] = costText(type, language).split(' · ');
  return (
    <dl className="fact-list">
      <dt>{t('panels.shape')}</dt>
      <dd className="mono">{formatShape(type.shape)}</dd>
      <dt>{t('panels.dtype')}</dt>
      <dd className="mono">{type.dtype}</dd>
      <dt>{t('panels.upToHere')}</dt>
      <dd className="mono">{parameters}</dd>
      <dt>{t('panels.work')}</dt>
      <dd className="mono">{flops ?? t('panels.unknown')}</dd>
    </dl>
  );
}

function EstimatorFacts({ type }: { readonly type: EstimatorType }) {
  const language = useLanguage();
  return (
    <ul className="mono">
      {typeLines(type, language).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
