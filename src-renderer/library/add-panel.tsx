import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { lookupNode } from '../../src-shared/nodes/catalog';
import type { NodeDefinition } from '../../src-shared/nodes/define-node';
import { groupOf, nodeGroups } from '../../src-shared/nodes/groups';
import { isField } from '../commands/settle-fields';
import { Hint } from '../fields/hint';
import { useLanguage, useTranslate } from '../i18n/i18n';
import type { Tab } from '../store/workspace';
import { addToView } from './add-to-view';
import { GroupIcon } from './group-icon';
import { useRecentNodes } from './recent-nodes';
import { searchNodes } from './search-nodes';

/** What a dragged entry carries to the canvas: the node's kind. */
const dragType = 'application/x-modelyard-node';

/** Every node there is: searched, dragged onto the canvas, or added by Enter or a double click. */
export function AddPanel({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const language = useLanguage();
  const [query, setQuery] = useState('');
  const search = useRef<HTMLInputElement>(null);
  useSlash(search);
  const recent = useRecentNodes(({ kinds }) => kinds).flatMap((kind) => lookupNode(kind) ?? []);
  const found = searchNodes(query);
  const add = (kind: string) => tab.readOnly === undefined && addToView(tab, kind);
  return (
    <Command className="add-panel" label={t('library.search')} shouldFilter={false} loop>
      <div className="library-search">
        <Search size={14} aria-hidden="true" />
        <Command.Input
          ref={search}
          className="input"
          placeholder={t('library.search')}
          value={query}
          onValueChange={setQuery}
        />
        {query === '' ? <kbd className="kbd">/</kbd> : null}
      </div>
      <Command.List className="add-list scroll" data-keys="elsewhere">
        {query === '' && recent.length > 0 ? (
          <Entries title={t('library.recent')} prefix="recent " nodes={recent} onAdd={add} />
        ) : null}
        {query === '' ? (
          nodeGroups.map(({ id, title }) => (
            <Entries
              key={id}
              title={title[language]}
              nodes={found.filter(({ kind }) => groupOf(kind) === id)}
              onAdd={add}
            />
          ))
        ) : (
          <Entries nodes={found} onAdd={add} />
        )}
        {found.length === 0 ? <NothingFound query={query} /> : null}
      </Command.List>
    </Command>
  );
}

/** "/" anywhere but in a field goes to the search. */
function useSlash(search: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const stop = new AbortController();
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isField(event.target) || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      search.current?.focus();
      search.current?.select();
    };
    window.addEventListener('keydown', focus, { signal: stop.signal });
    return () => stop.abort();
  }, [search]);
}

interface EntriesProps {
  readonly title?: string;
  /** Tells entries of the same node apart. */
  readonly prefix?: string;
  readonly nodes: readonly NodeDefinition[];
  readonly onAdd: (kind: string) => void;
}

function Entries({ title, prefix = '', nodes, onAdd }: EntriesProps) {
  const language = useLanguage();
  if (nodes.length === 0) return null;
  return (
    <Command.Group heading={title} className="add-group">
      {nodes.map(({ kind, title: name, summary }) => (
        // A click only points; what adds is Enter or a second click.
        <div key={kind} onClickCapture={(event) => event.stopPropagation()} role="presentation">
          <Hint text={summary[language]} side="right">
            <Command.Item
              className="add-entry"
              value={prefix + kind}
              draggable
              onDragStart={({ dataTransfer }) => {
                dataTransfer.setData(dragType, kind);
                dataTransfer.effectAllowed = 'copy';
              }}
              onDoubleClick={() => onAdd(kind)}
              onSelect={() => onAdd(kind)}
            >
              <GroupIcon kind={kind} />
              <span className="add-title">{name[language]}</span>
            </Command.Item>
          </Hint>
        </div>
      ))}
    </Command.Group>
  );
}

function NothingFound({ query }: { readonly query: string }) {
  const t = useTranslate();
  return (
    <div className="library-empty small muted" role="status">
      <p>{t('library.nothingFound', { query })}</p>
      <p>{t('library.searchHelp')}</p>
    </div>
  );
}
