import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { groupOf, nodeGroups } from '../../src-shared/nodes/groups';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { GroupIcon } from '../library/group-icon';
import { useRecentNodes } from '../library/recent-nodes';
import { searchNodes } from '../library/search-nodes';
import { canvasView } from '../store/canvas-view';
import type { Tab } from '../store/workspace';
import { addWhere, nodesFor } from './add-node';
import { type AddSearch, useCanvas } from './canvas-store';

/** The search for a node at the pointer: only what can be wired, where it was asked from a port. */
export function AddNodeSearch({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const search = useCanvas((state) => state.search);
  const close = () => useCanvas.setState({ search: undefined });
  if (!search || tab.readOnly) return null;
  return (
    <Popover.Root open onOpenChange={close} modal>
      <Popover.Anchor asChild>
        <span className="canvas-anchor" style={{ left: search.screen.x, top: search.screen.y }} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="surface add-search"
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('canvas.addNode')}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            canvasView()?.focus();
          }}
        >
          <Entries tab={tab} search={search} onDone={close} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface Props {
  readonly tab: Tab;
  readonly search: AddSearch;
  readonly onDone: () => void;
}

function Entries({ tab, search, onDone }: Props) {
  const t = useTranslate();
  const language = useLanguage();
  const [query, setQuery] = useState('');
  const recent = useRecentNodes(({ kinds }) => kinds).flatMap((kind) => lookupNode(kind) ?? []);
  const fits = (nodes: readonly NodeDefinition[]) => nodesFor(tab.editor.document, search.end, nodes);
  const found = fits(searchNodes(query));
  const add = (kind: string) => {
    onDone();
    addWhere(tab, kind, search);
  };
  const label = search.end ? t('canvas.addFitting') : t('canvas.addSearch');
  return (
    <Command label={label} shouldFilter={false} loop>
      <Command.Input className="input" placeholder={label} value={query} onValueChange={setQuery} />
      <Command.List className="add-search-list scroll">
        {query === '' ? (
          <>
            <Group title={t('library.recent')} prefix="recent " nodes={fits(recent)} onAdd={add} />
            {nodeGroups.map(({ id, title }) => (
              <Group
                key={id}
                title={title[language]}
                nodes={found.filter(({ kind }) => groupOf(kind) === id)}
                onAdd={add}
              />
            ))}
          </>
        ) : (
          <Group nodes={found} onAdd={add} />
        )}
        {found.length === 0 ? <p className="add-search-none muted">{t('canvas.addNone', { query })}</p> : null}
      </Command.List>
    </Command>
  );
}

interface GroupProps {
  readonly title?: string;
  /** Tells entries of the same node apart. */
  readonly prefix?: string;
  readonly nodes: readonly NodeDefinition[];
  readonly onAdd: (kind: string) => void;
}

function Group({ title, prefix = '', nodes, onAdd }: GroupProps) {
  const language = useLanguage();
  if (nodes.length === 0) return null;
  return (
    <Command.Group heading={title} className="add-search-group">
      {nodes.map(({ kind, title: name, summary }) => (
        <Command.Item key={kind} className="add-search-entry" value={prefix + kind} onSelect={() => onAdd(kind)}>
          <GroupIcon kind={kind} />
          <span>{name[language]}</span>
          <span className="add-search-about muted">{summary[language]}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
