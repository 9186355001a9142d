const pattern =
  /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * A time as ISO 8601 writes it, as milliseconds since 1970; without a time zone it is UTC, as in tables. Undefined for
 * what is none, such as 30 February.
 */
export function readTime(text: string): number | undefined {
  const found = pattern.exec(text.trim());
  if (!found) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = found;
  const [h, min, s] = [hour, minute, second].map(Number);
  const fields = [Number(year), Number(month) - 1, Number(day), h ?? 0, min ?? 0, s ?? 0] as const;
  const moment = new Date(0);
  moment.setUTCFullYear(fields[0], fields[1], fields[2]);
  moment.setUTCHours(fields[3], fields[4], fields[5], Number(fraction.slice(0, 3).padEnd(3, '0')));
  const isSame =
    moment.getUTCFullYear() === fields[0] &&
    moment.getUTCMonth() === fields[1] &&
    moment.getUTCDate() === fields[2] &&
    moment.getUTCHours() === fields[3] &&
    moment.getUTCMinutes() === fields[4] &&
    moment.getUTCSeconds() === fields[5];
  const offset = offsetOf(zone);
  return isSame && offset !== undefined ? moment.getTime() - offset : undefined;
}

function offsetOf(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', '') || 0)];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
