import { ChevronDown, ChevronUp } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { type ComponentType, useState } from 'react';
import { useTranslate } from '../i18n/i18n';
import type { MessageKey } from '../i18n/messages';
import { type BottomTab, showBottomTab, useUi } from '../store/ui';
import type { Tab } from '../store/workspace';
import { BarSlot } from './bar-tools';
import { LogPanel } from './log/log-panel';
import { MetricsPanel } from './metrics/metrics-panel';
import { PreviewPanel } from './preview/preview-panel';
import { ProblemsPanel } from './problems/problems-panel';
import { useAllProblems } from './problems/use-all-problems';
import { ResizeHandle } from './resize-handle';
import { RunsPanel } from './runs/runs-panel';
import './panels.css';

interface Page {
  readonly id: BottomTab;
  readonly title: MessageKey;
  readonly Body: ComponentType<{ readonly tab: Tab }>;
}

const pages: readonly Page[] = [
  { id: 'preview', title: 'panels.preview', Body: PreviewPanel },
  { id: 'metrics', title: 'panels.metrics', Body: MetricsPanel },
  { id: 'runs', title: 'panels.runs', Body: RunsPanel },
  { id: 'problems', title: 'panels.problems', Body: ProblemsPanel },
  { id: 'log', title: 'panels.log', Body: LogPanel },
];

/** What comes out of nodes, and what happened in runs. Collapsed, its tabs stay. */
export function BottomPanel({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const shown = useUi(({ bottomTab }) => bottomTab);
  const isOpen = useUi(({ isBottomOpen }) => isBottomOpen);
  const height = useUi(({ bottomHeight }) => bottomHeight);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return (
    <section
      id="bottom-panel"
      className="bottom-panel"
      aria-label={t('app.bottomPanel')}
      style={isOpen ? { height } : undefined}
    >
      {isOpen ? <ResizeHandle id="bottom-panel" /> : null}
      <Tabs.Root className="bottom-tabs" value={shown} onValueChange={show}>
        <div className="bottom-bar">
          <TabList tab={tab} />
          <div ref={setSlot} className="bottom-tools" />
          <CollapseButton isOpen={isOpen} />
        </div>
        {isOpen ? (
          <BarSlot.Provider value={slot}>
            {pages.map(({ id, Body }) => (
              <Tabs.Content key={id} value={id} className="bottom-content" tabIndex={-1}>
                <Body key={tab.id} tab={tab} />
              </Tabs.Content>
            ))}
          </BarSlot.Provider>
        ) : null}
      </Tabs.Root>
    </section>
  );
}

function TabList({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const problems = useAllProblems(tab);
  const isFailing = problems.some(({ severity }) => severity === 'error');
  return (
    <Tabs.List className="bottom-tab-list" aria-label={t('app.bottomPanel')}>
      {pages.map(({ id, title }) => (
        <Tabs.Trigger key={id} value={id} className="bottom-tab" onClick={() => showBottomTab(id)}>
          {t(title)}
          {id === 'problems' && problems.length > 0 ? (
            <span className="bottom-count" data-severity={isFailing ? 'error' : 'warning'}>
              {problems.length}
            </span>
          ) : null}
        </Tabs.Trigger>
      ))}
    </Tabs.List>
  );
}

function CollapseButton({ isOpen }: { readonly isOpen: boolean }) {
  const t = useTranslate();
  const label = t(isOpen ? 'panels.collapse' : 'panels.expand');
  const Icon = isOpen ? ChevronDown : ChevronUp;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-expanded={isOpen}
      onClick={() => useUi.setState({ isBottomOpen: !isOpen })}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}

function show(id: string): void {
  const page = pages.find((each) => each.id === id);
  if (page) showBottomTab(page.id);
}
