import { Plus, X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { runCommand } from '../commands/run-command';
import { useTranslate } from '../i18n/i18n';
import { isEdited } from '../store/editor';
import { useEditor } from '../store/use-editor';
import { activate, type Tab, useWorkspace } from '../store/workspace';
import { closeTab } from './save-documents';
import { orTell } from './tell';

/** The documents that are open. Arrow keys go from one to the next, Delete closes. */
export function DocumentTabs() {
  const t = useTranslate();
  const tabs = useWorkspace((workspace) => workspace.tabs);
  const active = useWorkspace((workspace) => workspace.active);
  const list = useRef<HTMLDivElement>(null);
  if (tabs.length === 0) return <div className="doc-tabs" />;
  return (
    <div className="doc-tabs">
      <div className="doc-tab-list" role="tablist" aria-label={t('app.documents')} ref={list}>
        {tabs.map((tab) => (
          <DocumentTab
            key={tab.id}
            tab={tab}
            isActive={tab.id === active}
            onKeyDown={(event) => onKey(event, tab, list.current)}
          />
        ))}
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={t('app.newDocument')}
        title={t('app.newDocument')}
        onClick={() => runCommand('file.new')}
      >
        <Plus size={16} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}

interface TabProps {
  readonly tab: Tab;
  readonly isActive: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function DocumentTab({ tab, isActive, onKeyDown }: TabProps) {
  const t = useTranslate();
  const isChanged = useEditor(tab.editor, isEdited);
  const title = tab.name.replace(/\.yard$/, '');
  return (
    <div className="doc-tab" data-active={isActive} role="presentation">
      <button
        type="button"
        role="tab"
        className="doc-tab-name"
        aria-selected={isActive}
        aria-keyshortcuts="Delete"
        tabIndex={isActive ? 0 : -1}
        title={tab.path ?? tab.name}
        onClick={() => activate(tab.id)}
        onAuxClick={({ button }) => button === 1 && void orTell(closeTab(tab))}
        onKeyDown={onKeyDown}
      >
        <span className="doc-tab-title">{title}</span>
        {isChanged ? <span className="visually-hidden">{t('app.edited')}</span> : null}
      </button>
      {/* Not for screen readers: a list of tabs holds tabs alone, and Delete does the same. */}
      <button
        type="button"
        className="doc-tab-close"
        data-edited={isChanged}
        data-testid={`close-${title}`}
        title={t('app.closeDocument', { name: title })}
        tabIndex={-1}
        aria-hidden="true"
        onClick={() => void orTell(closeTab(tab))}
      >
        <X size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}

function onKey(event: KeyboardEvent, tab: Tab, list: HTMLElement | null): void {
  const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
  const by = steps[event.key];
  if (event.key === 'Delete') void orTell(closeTab(tab));
  if (by === undefined) return;
  event.preventDefault();
  const tabs = [...(list?.querySelectorAll<Element>('[role="tab"]') ?? [])];
  const next = tabs[(tabs.indexOf(event.currentTarget) + by + tabs.length) % tabs.length];
  if (!(next instanceof HTMLElement)) return;
  next.focus();
  next.click();
}
