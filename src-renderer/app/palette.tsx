import { Command as Cmdk } from 'cmdk';
import { FileText, Play } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import type { RunSummary } from '../../src-shared/preview';
import { ask } from '../bridge/bridge';
import { useShownKeys } from '../commands/bindings';
import { sectionOf } from '../commands/command-list';
import type { Command } from '../commands/define-command';
import { isEnabled, runCommand } from '../commands/run-command';
import { momentText } from '../i18n/format';
import { useLanguage, useTranslate } from '../i18n/i18n';
import { addToView } from '../library/add-to-view';
import { GroupIcon } from '../library/group-icon';
import { searchNodes } from '../library/search-nodes';
import { canvasView } from '../store/canvas-view';
import { openDialog, select, useUi } from '../store/ui';
import { activate, type Tab, useActiveTab, useWorkspace } from '../store/workspace';
import { openRun } from './open-run';
import { findCommands, findNamed, findRuns } from './palette-entries';
import { useHostList } from './use-host-list';
import './palette.css';

/** At most so many of each sort, so that every sort is seen at once. */
const most = { commands: 7, nodes: 6, others: 5 } as const;

/** Everything by name: commands, nodes to add, nodes and documents to go to, runs. */
export function Palette() {
  const t = useTranslate();
  const isOpen = useUi(({ dialog }) => dialog === 'palette');
  return (
    <Dialog.Root open={isOpen} onOpenChange={() => openDialog(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-backdrop" />
        <Dialog.Content className="surface palette" aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">{t('app.search')}</Dialog.Title>
          <Search />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Search() {
  const t = useTranslate();
  const tab = useActiveTab();
  const [typed, setTyped] = useState('');
  const text = typed.normalize('NFKC').trim();
  return (
    <Cmdk shouldFilter={false} label={t('app.search')} loop>
      <Cmdk.Input className="palette-input" value={typed} onValueChange={setTyped} placeholder={t('app.search')} />
      <Cmdk.List className="palette-list scroll">
        <Cmdk.Empty className="palette-empty muted">{t('app.paletteEmpty', { text })}</Cmdk.Empty>
        <Commands text={text} />
        {tab ? <NodesToAdd tab={tab} text={text} /> : null}
        {tab ? <NodesThere tab={tab} text={text} /> : null}
        <Documents text={text} />
        {tab ? <Runs tab={tab} text={text} /> : null}
      </Cmdk.List>
    </Cmdk>
  );
}

function Commands({ text }: { readonly text: string }) {
  const t = useTranslate();
  const found = findCommands(text).filter(({ id }) => id !== 'palette.open');
  return (
    <Group title={t('app.paletteCommands')} count={found.length}>
      {found.slice(0, text === '' ? found.length : most.commands).map((command) => (
        <CommandItem key={command.id} command={command} />
      ))}
    </Group>
  );
}

function CommandItem({ command }: { readonly command: Command }) {
  const t = useTranslate();
  const keys = useShownKeys(command);
  const section = sectionOf(command);
  return (
    <Item id={command.id} isDisabled={!isEnabled(command.id)} onChoose={() => runCommand(command.id)}>
      <span className="palette-name">{command.titleNow?.(t) ?? t(command.title)}</span>
      <span className="palette-about muted small">{section === undefined ? null : t(section)}</span>
      {keys === undefined ? null : <kbd className="kbd">{keys}</kbd>}
    </Item>
  );
}

function NodesToAdd({ tab, text }: { readonly tab: Tab; readonly text: string }) {
  const t = useTranslate();
  const language = useLanguage();
  const found = text === '' ? [] : searchNodes(text).slice(0, most.nodes);
  return (
    <Group title={t('app.paletteNodes')} count={found.length}>
      {found.map(({ kind, title, summary }) => (
        <Item key={kind} id={`add ${kind}`} onChoose={() => addToView(tab, kind)}>
          <GroupIcon kind={kind} />
          <span className="palette-name">{title[language]}</span>
          <span className="palette-about muted small">{summary[language]}</span>
        </Item>
      ))}
    </Group>
  );
}

function NodesThere({ tab, text }: { readonly tab: Tab; readonly text: string }) {
  const t = useTranslate();
  const found = findNamed(text, Object.entries(tab.editor.document.nodes), ([, { name }]) => name);
  return (
    <Group title={t('app.paletteGoTo')} count={found.length}>
      {found.slice(0, most.others).map(([id, { name, kind }]) => (
        <Item key={id} id={`go ${id}`} onChoose={() => goTo(tab, id)}>
          <GroupIcon kind={kind} />
          <span className="palette-name">{name}</span>
        </Item>
      ))}
    </Group>
  );
}

function goTo(tab: Tab, id: string): void {
  select(tab.id, { nodes: [id] });
  canvasView()?.reveal(id);
  canvasView()?.focus();
}

function Documents({ text }: { readonly text: string }) {
  const t = useTranslate();
  const tabs = useWorkspace((workspace) => workspace.tabs);
  const found = text === '' ? (tabs.length > 1 ? tabs : []) : findNamed(text, tabs, ({ name }) => name);
  return (
    <Group title={t('app.paletteDocuments')} count={found.length}>
      {found.slice(0, most.others).map(({ id, name, path }) => (
        <Item key={id} id={`document ${id}`} onChoose={() => activate(id)}>
          <FileText size={16} strokeWidth={1.75} aria-hidden="true" />
          <span className="palette-name">{name}</span>
          <span className="palette-about muted small">{path}</span>
        </Item>
      ))}
    </Group>
  );
}

function Runs({ tab, text }: { readonly tab: Tab; readonly text: string }) {
  const t = useTranslate();
  const language = useLanguage();
  const { list = [] } = useHostList<RunSummary>(() => ask('run:history', { id: tab.id }));
  const found = findRuns(text, list);
  return (
    <Group title={t('app.paletteRuns')} count={found.length}>
      {found.slice(0, most.others).map(({ run, startedAt, state }) => (
        <Item key={run} id={`run ${run}`} onChoose={() => void openRun(tab.id, run)}>
          <Play size={16} strokeWidth={1.75} aria-hidden="true" />
          <span className="palette-name">{momentText(startedAt, language)}</span>
          <span className="palette-about muted small">{t(`app.run_${state}`)}</span>
        </Item>
      ))}
    </Group>
  );
}

interface GroupProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

function Group({ title, count, children }: GroupProps) {
  return count === 0 ? null : <Cmdk.Group heading={title}>{children}</Cmdk.Group>;
}

interface ItemProps {
  readonly id: string;
  readonly isDisabled?: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Item({ id, isDisabled = false, onChoose, children }: ItemProps) {
  // First the palette goes, so that what was chosen has the window for itself.
  const choose = () => {
    openDialog(undefined);
    setTimeout(onChoose);
  };
  return (
    <Cmdk.Item className="palette-item" value={id} disabled={isDisabled} onSelect={choose}>
      {children}
    </Cmdk.Item>
  );
}
