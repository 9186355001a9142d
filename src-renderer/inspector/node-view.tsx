import type { NodeId, YardNode } from '../../src-shared/document/document';
import { renameNode } from '../../src-shared/document/edit-nodes';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { ProblemLine } from '../fields/problem-line';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { GroupIcon } from '../library/group-icon';
import { fixAction } from '../panels/apply-fix';
import { openDialog } from '../store/ui';
import { useDocument } from '../store/use-editor';
import type { Tab } from '../store/workspace';
import { EditableName } from './editable-name';
import { NodeActions } from './node-actions';
import { NodeCost } from './node-cost';
import { NodeParams } from './node-params';
import { PortsBox } from './ports-box';
import { UnknownParams } from './unknown-params';
import { useNodeProblems } from './use-node-problems';

export interface NodeProps {
  readonly tab: Tab;
  readonly id: NodeId;
}

/** Everything about one node. */
export function NodeView({ tab, id }: NodeProps) {
  const node = useDocument(tab.editor).nodes[id];
  if (!node) return null;
  const definition = lookupNode(node.kind);
  return (
    <>
      <NodeHead tab={tab} id={id} node={node} definition={definition} />
      <NodeActions tab={tab} nodes={[id]} />
      {definition ? (
        <>
          <PortsBox tab={tab} id={id} definition={definition} />
          <NodeCost tab={tab} id={id} />
        </>
      ) : null}
      <LooseProblems tab={tab} node={node} definition={definition} />
      {definition ? (
        <NodeParams tab={tab} id={id} node={node} definition={definition} />
      ) : (
        <UnknownParams node={node} />
      )}
      <NodeHelp definition={definition} />
    </>
  );
}

interface HeadProps extends NodeProps {
  readonly node: YardNode;
  readonly definition: NodeDefinition | undefined;
}

function NodeHead({ tab, id, node, definition }: HeadProps) {
  const language = useLanguage();
  const t = useTranslate();
  return (
    <header className="inspector-head">
      <h2 className="inspector-title">
        <GroupIcon kind={node.kind} />
        {definition?.title[language] ?? node.kind}
      </h2>
      <EditableName
        label={t('inspector.name')}
        name={node.name}
        isDisabled={tab.readOnly !== undefined}
        onRename={(name) => tab.editor.edit('node.rename', (document) => renameNode(document, id, name))}
      />
      <p className="inspector-sentence">{definition?.summary[language] ?? t('inspector.unknownKind')}</p>
    </header>
  );
}

/** What is wrong with the node as a whole; what names a param stands beside its field. */
function LooseProblems({ tab, node, definition }: Omit<HeadProps, 'id'>) {
  const language = useLanguage();
  const problems = useNodeProblems(tab, node.name).filter(({ param = '' }) => {
    return !definition || !Object.hasOwn(definition.params, param.split('.')[0] ?? '');
  });
  if (problems.length === 0) return null;
  return (
    <div className="inspector-problems">
      {problems.map((problem) => (
        <ProblemLine key={JSON.stringify(problem)} problem={problem} fix={fixAction(tab, problem, language)} />
      ))}
    </div>
  );
}

function NodeHelp({ definition }: { readonly definition: NodeDefinition | undefined }) {
  const t = useTranslate();
  const language = useLanguage();
  if (!definition?.docs) return null;
  return (
    <details className="inspector-help">
      <summary className="section-title">{t('inspector.help')}</summary>
      <p className="small">{definition.docs[language]}</p>
      <button type="button" className="link inspector-more" onClick={() => openDialog('help')}>
        {t('inspector.allHelp')}
      </button>
    </details>
  );
}
