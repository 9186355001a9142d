import { Tabs } from 'radix-ui';
import { useTranslate } from '../i18n/i18n';
import { useUi } from '../store/ui';
import type { Tab } from '../store/workspace';
import { AddPanel } from './add-panel';
import { Outline } from './outline';
import './library.css';

/** What can be added, and what is there. */
export function Library({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  const libraryTab = useUi((ui) => ui.libraryTab);
  return (
    <Tabs.Root asChild value={libraryTab} onValueChange={showTab}>
      <aside className="library" aria-label={t('app.library')}>
        <Tabs.List className="segments library-tabs" aria-label={t('app.library')}>
          <Tabs.Trigger className="segment" value="add">
            {t('app.add')}
          </Tabs.Trigger>
          <Tabs.Trigger className="segment" value="outline">
            {t('app.outline')}
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content className="library-content" value="add" tabIndex={-1}>
          <AddPanel tab={tab} />
        </Tabs.Content>
        <Tabs.Content className="library-content" value="outline" tabIndex={-1}>
          <Outline tab={tab} />
        </Tabs.Content>
      </aside>
    </Tabs.Root>
  );
}

function showTab(libraryTab: string): void {
  if (libraryTab === 'add' || libraryTab === 'outline') useUi.setState({ libraryTab });
}
