import { ContextMenu } from 'radix-ui';
import type { Ref } from 'react';
import { renameNode } from '../../src-shared/document/edit-nodes';
import { useTranslate } from '../i18n/i18n';
import { EditableName } from '../inspector/editable-name';
import { useNodeProblems } from '../inspector/use-node-problems';
import { useRun } from '../store/runs';
import type { Tab } from '../store/workspace';
import { GroupIcon } from './group-icon';
import { nodeStateWords } from './node-state-words';
import { addAfter, connectFrom, deleteFrom, openInspectorOf, showOnCanvas } from './outline-actions';
import type { OutlineRow } from './outline-rows';

interface Props {
  readonly ref: Ref<HTMLDivElement>;
  readonly tab: Tab;
  readonly row: Extract<OutlineRow, { kind: 'node' }>;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly isRenaming: boolean;
  readonly onCurrent: () => void;
  readonly onRename: (id: string | undefined) => void;
}

/** One node of the outline: name, state, problems, and a menu of what can be done with it. */
export function OutlineNode(props: Props) {
  const { ref, tab, row, isCurrent, isSelected, onCurrent } = props;
  const { node } = row;
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys of all its rows */}
        <div
          ref={ref}
          className="outline-node"
          role="treeitem"
          aria-level={2}
          aria-posinset={row.place}
          aria-setsize={row.of}
          aria-selected={isSelected}
          tabIndex={isCurrent ? 0 : -1}
          onClick={onCurrent}
          onDoubleClick={() => showOnCanvas(tab, row.id)}
        >
          <GroupIcon kind={node.kind} />
          <NodeName {...props} />
          <NodeState tab={tab} row={row} />
        </div>
      </ContextMenu.Trigger>
      <NodeMenu {...props} />
    </ContextMenu.Root>
  );
}

function NodeName({ tab, row, isRenaming, onRename }: Props) {
  const t = useTranslate();
  if (!isRenaming) return <span className="outline-name">{row.node.name}</span>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that its field is done
    <div
      className="outline-rename"
      onBlur={() => onRename(undefined)}
      onKeyDown={({ key, nativeEvent }) => {
        if (!nativeEvent.isComposing && (key === 'Enter' || key === 'Escape')) onRename(undefined);
      }}
      ref={(element) => element?.querySelector('input')?.select()}
    >
      <EditableName
        label={t('inspector.name')}
        name={row.node.name}
        isDisabled={false}
        onRename={(name) => tab.editor.edit('node.rename', (document) => renameNode(document, row.id, name))}
      />
    </div>
  );
}

function NodeState({ tab, row: { node } }: Pick<Props, 'tab' | 'row'>) {
  const t = useTranslate();
  const problems = useNodeProblems(tab, node.name);
  const run = useRun(tab.id).run.nodes[node.name];
  const errors = problems.filter(({ severity }) => severity !== 'info').length;
  const words = [
    node.muted ? t('library.muted') : '',
    node.bypassed ? t('library.bypassed') : '',
    run ? t(nodeStateWords[run.state]) : '',
  ].filter(Boolean);
  return (
    <span className="outline-state small">
      {errors > 0 ? (
        <span className="outline-problems" title={t('library.problemCount', { count: errors })}>
          <span aria-hidden="true">▲ {errors}</span>
          <span className="visually-hidden">{t('library.problemCount', { count: errors })}</span>
        </span>
      ) : null}
      <span className="muted">{words.join(' · ')}</span>
    </span>
  );
}

function NodeMenu({ tab, row, onRename }: Props) {
  const t = useTranslate();
  const isFixed = tab.readOnly !== undefined;
  const items = [
    { label: t('library.openInspector'), run: () => openInspectorOf(tab, row.id) },
    { label: t('library.showOnCanvas'), run: () => showOnCanvas(tab, row.id) },
    { label: t('library.rename'), keys: 'F2', run: () => onRename(row.id), isEdit: true },
    { label: t('library.connectTo'), run: () => connectFrom(tab, row.id), isEdit: true },
    { label: t('library.addAfter'), run: () => addAfter(tab, row.id), isEdit: true },
    { label: t('inspector.remove'), keys: 'Del', run: () => deleteFrom(tab, row.id), isEdit: true },
  ];
  return (
    <ContextMenu.Portal>
      <ContextMenu.Content className="surface menu">
        {items.map(({ label, keys, run, isEdit }) => (
          <ContextMenu.Item
            key={label}
            className="menu-item"
            disabled={isEdit === true && isFixed}
            // Once the menu has given the focus back: what opens next may take it.
            onSelect={() => setTimeout(run)}
          >
            {label}
            {keys ? <kbd className="kbd">{keys}</kbd> : null}
          </ContextMenu.Item>
        ))}
      </ContextMenu.Content>
    </ContextMenu.Portal>
  );
}
