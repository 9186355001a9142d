import { ArrowRight } from 'lucide-react';
import { type EdgeId, type PortRef, parseEdgeId } from '../../src-shared/document/document';
import { disconnect } from '../../src-shared/document/edit-edges';
import { wireKey } from '../../src-shared/document/wires';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { useAnalysis } from '../store/analysis';
import { select } from '../store/ui';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { ColumnTable } from './column-table';
import { costText, typeLines, wireName } from './type-words';

/** What a wire carries: from where to where, and its whole type. */
export function WireView({ tab, id }: { readonly tab: Tab; readonly id: EdgeId }) {
  const t = useTranslate();
  const language = useLanguage();
  const ends = parseEdgeId(id);
  const type = useAnalysis((all) => (ends ? all[tab.id]?.inference.types[wireKey(ends.from)] : undefined));
  if (!ends) return null;
  return (
    <>
      <header className="inspector-head">
        <h2 className="inspector-title">
          {type ? <span className="wire-dot" style={{ background: `var(--wire-${type.type})` }} /> : null}
          <span className="wire-name">{type ? wireName(type.type, language) : t('inspector.wire')}</span>
        </h2>
        <p className="wire-ends">
          <End tab={tab} end={ends.from} /> <ArrowRight size={14} aria-hidden="true" /> <End tab={tab} end={ends.to} />
        </p>
      </header>
      {type ? (
        <div className="inspector-ports inspector-type mono">
          {typeLines(type, language).map((line) => (
            <div key={line}>{line}</div>
          ))}
          {'steps' in type && type.steps.length > 0 ? (
            <div className="muted">{t('inspector.steps', { steps: type.steps.join(' → ') })}</div>
          ) : null}
          {type.type === 'tensor' ? <div className="muted">{costText(type, language)}</div> : null}
        </div>
      ) : (
        <p className="muted">{t('inspector.typeUnknown')}</p>
      )}
      {type && 'columns' in type ? <ColumnTable columns={type.columns} /> : null}
      <div className="inspector-actions">
        <button
          type="button"
          className="button"
          disabled={tab.readOnly !== undefined}
          onClick={() => tab.editor.edit('edge.remove', (document) => disconnect(document, [id]))}
        >
          {t('inspector.disconnect')}
        </button>
      </div>
    </>
  );
}

function End({ tab, end }: { readonly tab: Tab; readonly end: PortRef }) {
  const name = useDocument(tab.editor).nodes[end.node]?.name ?? end.node;
  return (
    <button type="button" className="link mono" onClick={() => select(tab.id, { nodes: [end.node] })}>
      {name}.{end.port}
    </button>
  );
}
