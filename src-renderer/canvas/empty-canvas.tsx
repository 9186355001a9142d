import { MousePointerClick, PanelLeft, Workflow } from 'lucide-react';
import { runCommand } from '../commands/run-command';
import { useTranslate } from '../i18n/i18n';
import { useUi } from '../store/ui';
import type { Tab } from '../store/workspace';

/** What to do on an empty canvas: three ways to begin. */
export function EmptyCanvas({ tab }: { readonly tab: Tab }) {
  const t = useTranslate();
  if (tab.readOnly) return null;
  const ways = [
    {
      icon: MousePointerClick,
      text: t('canvas.emptyClick'),
      label: t('canvas.emptyAdd'),
      run: () => runCommand('node.add'),
    },
    {
      icon: PanelLeft,
      text: t('canvas.emptyDrag'),
      label: t('canvas.emptyLibrary'),
      run: () => useUi.setState({ libraryTab: 'add', isLibraryOpen: true, isFocused: false }),
    },
    {
      icon: Workflow,
      text: t('canvas.emptyBegin'),
      label: t('canvas.emptyExample'),
      run: () => runCommand('file.openRecent'),
    },
  ];
  return (
    <div className="empty-canvas">
      <h2>{t('canvas.emptyTitle')}</h2>
      <p className="muted">{t('canvas.emptyHow')}</p>
      <ul>
        {ways.map(({ icon: Icon, text, label, run }) => (
          <li key={label}>
            <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
            <p>{text}</p>
            <button type="button" className="button" onClick={run}>
              {label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
