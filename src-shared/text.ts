export type Language = 'en' | 'zh';

/** A sentence in both languages, said once, where the thing it names is defined. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}
