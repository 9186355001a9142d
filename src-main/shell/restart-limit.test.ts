import { expect, test } from 'vitest';
import { RestartLimit } from './restart-limit';

test('three starts a minute, and again when the minute is over', () => {
  const limit = new RestartLimit(3);
  expect([0, 1000, 2000, 3000].map((now) => limit.allows(now))).toEqual([true, true, true, false]);
  expect(limit.allows(59_999)).toBe(false);
  expect(limit.allows(60_000)).toBe(true);
  expect(limit.allows(60_001)).toBe(false);
});
