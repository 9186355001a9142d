import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language, Text } from '../../src-shared/text';
import { type MessageKey, messages } from './messages';

type Values = Readonly<Record<string, string | number>>;

/** Says a message in the reader's language. */
export type Translate = (key: MessageKey, values?: Values) => string;

export async function setUpI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { en: { translation: resource('en') }, zh: { translation: resource('zh') } },
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
    returnNull: false,
  });
}

function resource(language: Language): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(messages).map(([area, texts]) => [
      area,
      Object.fromEntries(Object.entries(texts).map(([name, text]: [string, Text]) => [name, text[language]])),
    ]),
  );
}

/** Switches at once, everywhere. */
export function setLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  void i18next.changeLanguage(language);
}

export function useTranslate(): Translate {
  const { t } = useTranslation();
  return useCallback((key, values) => t(key, { ...values }), [t]);
}

export function useLanguage(): Language {
  return useTranslation().i18n.language === 'zh' ? 'zh' : 'en';
}

/** For code outside React: says a message in the language of now. */
export const translate: Translate = (key, values) => i18next.t(key, { ...values });
export function currentLanguage(): Language {
  return i18next.language === 'zh' ? 'zh' : 'en';
}
