import type { Language } from '../../src-shared/text';

/** Numbers and dates as the reader's language writes them. */
function localeOf(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en';
}

/** `70,000`. */
export function countText(count: number, language: Language): string {
  return Math.round(count).toLocaleString(localeOf(language));
}

/** `12.5 %` is written as the language does; a share of nothing is a dash. */
export function shareText(share: number, language: Language): string {
  if (!Number.isFinite(share)) return '—';
  return share.toLocaleString(localeOf(language), { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 });
}

/** Day and minute, short; today's are times of the day. */
export function momentText(iso: string, language: Language): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const isToday = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(
    localeOf(language),
    isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  );
}

/** `14:03:22.120`. */
export function clockText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
