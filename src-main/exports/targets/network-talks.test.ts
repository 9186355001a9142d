import { expect, test } from 'vitest';
import { NetworkTalks } from './network-talks';

const what = { en: 'Upload', zh: '上传' };
const store = { to: 'store', what };
const cloud = { to: 'cloud', what };

test('a conversation is told once, while the last of its kind goes on', () => {
  const told: (readonly string[])[] = [];
  const talks = new NetworkTalks({ onChange: (now) => told.push(now.map(({ to }) => to)) });
  const first = talks.begin(store);
  const second = talks.begin(store);
  const other = talks.begin(cloud);
  first();
  first();
  other();
  second();
  expect(told).toEqual([['store'], ['store', 'cloud'], ['store'], []]);
});

test('what an engine says replaces what it said, and nothing is left when it is gone', () => {
  const talks = new NetworkTalks({ onChange: () => undefined });
  talks.begin(store);
  talks.ofEngine(7, [store, cloud]);
  talks.ofEngine(8, [cloud]);
  talks.ofEngine(7, [store]);
  expect(talks.current).toEqual([store, cloud]);
  talks.ofEngine(8, []);
  talks.ofEngine(7, []);
  expect(talks.current).toEqual([store]);
});

test('a conversation that is over stays as long as it is made to linger', () => {
  const ends: (() => void)[] = [];
  const talks = new NetworkTalks({ onChange: () => undefined, linger: (end) => ends.push(end) });
  talks.begin(store)();
  const again = talks.begin(store);
  ends.shift()?.();
  expect(talks.current).toEqual([store]);
  again();
  ends.shift()?.();
  expect(talks.current).toEqual([]);
});
