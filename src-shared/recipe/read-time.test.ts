import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTime } from './read-time';

it('reads what JavaScript writes', () => {
  const moment = fc.date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  fc.assert(fc.property(moment, (date) => readTime(date.toISOString()) === date.getTime()));
});

it.each([
  ['2026-12-01', '2026-12-01T00:00:00Z'],
  ['2026-12-01 13:45', '2026-12-01T13:45:00Z'],
  ['2026-12-01T13:45:30.5', '2026-12-01T13:45:30.500Z'],
  ['2026-12-01T13:45:30+02:00', '2026-12-01T11:45:30Z'],
  ['2026-12-01T13:45:30-0330', '2026-12-01T17:15:30Z'],
  ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
])('takes %s as %s', (text, same) => {
  expect(readTime(text)).toBe(Date.parse(same));
});

it.each([
  '',
  '2026',
  '2026-02-30',
  '2026-13-01',
  '2026-12-01T24:30',
  '2026-12-01T10:61',
  '01.12.2026',
  '2026-12-01T10:00+99:00',
])('takes no time from %j', (text) => {
  expect(readTime(text)).toBeUndefined();
});
