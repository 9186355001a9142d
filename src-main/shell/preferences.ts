import { app, nativeTheme } from 'electron';
import type { Language, Text } from '../../src-shared/text';
import type { Settings } from '../../src-shared/window-data';

/** What of the settings the shell itself goes by: the language of menus, the theme, keys shown in menus. */
export class Preferences {
  private settings: Pick<Settings, 'language' | 'theme' | 'keys'> = { language: 'system', theme: 'system', keys: {} };

  constructor(readonly systemLanguage: Language = languageOfSystem()) {}

  get language(): Language {
    return this.settings.language === 'system' ? this.systemLanguage : this.settings.language;
  }

  get keys(): Settings['keys'] {
    return this.settings.keys;
  }

  say(text: Text): string {
    return text[this.language];
  }

  apply(settings: Settings): void {
    this.settings = settings;
    nativeTheme.themeSource = settings.theme;
  }
}

/** Known once the app is ready. */
function languageOfSystem(): Language {
  return /^zh\b/i.test(app.getLocale()) ? 'zh' : 'en';
}
