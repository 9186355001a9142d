import { Languages, Moon, Search, Sun } from 'lucide-react';
import { useShownKeys } from '../commands/bindings';
import { findCommand } from '../commands/command-list';
import { runCommand } from '../commands/run-command';
import { useTranslate } from '../i18n/i18n';
import { useSettings } from '../store/settings';
import { useWorkspace } from '../store/workspace';
import { DocumentTabs } from './document-tabs';
import { Logo } from './logo';
import { MainMenu } from './main-menu';
import { NetworkLamp } from './network-lamp';
import { focusCanvas } from './regions';
import { useIsDark } from './use-is-dark';
import './top-bar.css';

/** What is open, the way to everything, and how the window looks. */
export function TopBar() {
  const t = useTranslate();
  const hasTabs = useWorkspace(({ tabs }) => tabs.length > 0);
  return (
    <header className="top-bar">
      {hasTabs ? (
        <button type="button" className="skip-link" onClick={focusCanvas}>
          {t('app.skipToCanvas')}
        </button>
      ) : null}
      <div className="brand">
        <Logo />
        <span className="brand-name">{t('app.name')}</span>
      </div>
      <DocumentTabs />
      <PaletteButton />
      <div className="top-tools">
        <NetworkLamp />
        <LanguageButton />
        <ThemeButton />
        <MainMenu />
      </div>
    </header>
  );
}

function PaletteButton() {
  const t = useTranslate();
  const keys = useShownKeys(findCommand('palette.open') ?? { id: 'palette.open' });
  return (
    <button type="button" className="palette-button" onClick={() => runCommand('palette.open')}>
      <Search size={14} strokeWidth={1.75} aria-hidden="true" />
      <span className="palette-button-text">{t('app.search')}</span>
      {keys === undefined ? null : <kbd className="kbd">{keys}</kbd>}
    </button>
  );
}

function LanguageButton() {
  const t = useTranslate();
  return (
    <button
      type="button"
      className="text-button"
      lang={useSettings(({ settings }) => settings.language) === 'zh' ? 'en' : 'zh'}
      onClick={() => runCommand('view.language')}
    >
      <Languages size={16} strokeWidth={1.75} aria-hidden="true" />
      {t('app.switchLanguage')}
    </button>
  );
}

function ThemeButton() {
  const t = useTranslate();
  const isDark = useIsDark();
  const label = t(isDark ? 'app.switchToLight' : 'app.switchToDark');
  const Icon = isDark ? Sun : Moon;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={() => runCommand('view.theme')}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}
