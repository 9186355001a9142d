import { create } from 'zustand';
import type { Language } from '../../src-shared/text';
import type { AppInfo, Settings } from '../../src-shared/window-data';

/** What the host said of itself, with the settings as they are now. */
export const useSettings = create<AppInfo>(() => ({
  version: '',
  host: 'web',
  platform: '',
  systemLanguage: 'en',
  store: { folder: '', bytes: 0 },
  keychain: false,
  settings: { language: 'system', theme: 'system', storeFolder: '', storeLimit: 0, device: 'auto', keys: {} },
}));

const prefersDark = () => window.matchMedia('(prefers-color-scheme: dark)');

/** Language and theme take effect at once; called again, they change. */
export function applySettings(settings: Settings, setLanguage: (language: Language) => void): void {
  useSettings.setState({ settings });
  const { systemLanguage } = useSettings.getState();
  setLanguage(settings.language === 'system' ? systemLanguage : settings.language);
  applyTheme();
  prefersDark().onchange = applyTheme;
}

function applyTheme(): void {
  const { theme } = useSettings.getState().settings;
  const isDark = theme === 'dark' || (theme === 'system' && prefersDark().matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
}
