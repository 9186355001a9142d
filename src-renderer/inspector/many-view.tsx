import type { NodeId } from '../../src-shared/document/document';
import { lookupNode } from '../../src-shared/nodes/catalog';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { GroupIcon } from '../library/group-icon';
import { select } from '../store/ui';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { NodeActions } from './node-actions';

/** Several nodes at once: how many, which, and what can be done with all. */
export function ManyView({ tab, nodes }: { readonly tab: Tab; readonly nodes: readonly NodeId[] }) {
  const t = useTranslate();
  const language = useLanguage();
  const document = useDocument(tab.editor);
  return (
    <>
      <header className="inspector-head">
        <h2 className="inspector-title">{t('inspector.manyNodes', { count: nodes.length })}</h2>
      </header>
      <NodeActions tab={tab} nodes={nodes} />
      <ul className="inspector-list">
        {nodes.map((id) => {
          const node = document.nodes[id];
          return node ? (
            <li key={id}>
              <button type="button" className="inspector-entry" onClick={() => select(tab.id, { nodes: [id] })}>
                <GroupIcon kind={node.kind} />
                <span>{node.name}</span>
                <span className="muted small">{lookupNode(node.kind)?.title[language] ?? node.kind}</span>
              </button>
            </li>
          ) : null;
        })}
      </ul>
    </>
  );
}
