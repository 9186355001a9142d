import type { YardNode } from '../../src-shared/document/document';
import { useTranslate } from '../i18n/i18n';

/** Params of a node that this version does not know: kept as they are, and shown. */
export function UnknownParams({ node }: { readonly node: YardNode }) {
  const t = useTranslate();
  const entries = Object.entries(node.params);
  if (entries.length === 0) return null;
  return (
    <section>
      <h3 className="section-title">{t('inspector.keptSettings')}</h3>
      <dl className="inspector-facts">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
