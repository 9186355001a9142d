import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChecked, readProven, withSum } from './checked-json';

const objects = fc.dictionary(
  fc.string({ minLength: 1 }).filter((key) => key !== 'sum' && key !== '__proto__'),
  fc.jsonValue(),
  { minKeys: 1 },
);

test('what was written is read back, as plain JSON too', () => {
  fc.assert(
    fc.property(objects, (data) => {
      const json = JSON.stringify(data);
      const bytes = Buffer.from(withSum(json));
      expect(JSON.stringify(readChecked(bytes))).toBe(json);
      expect(readProven(bytes)).toEqual(readChecked(bytes));
      expect(JSON.parse(bytes.toString())).toHaveProperty('sum');
    }),
  );
});

test('after any one bit is turned it is the same or nothing, never other data', () => {
  fc.assert(
    fc.property(objects, fc.nat(), (data, at) => {
      const json = JSON.stringify(data);
      const bytes = Buffer.from(withSum(json));
      const place = at % (bytes.length * 8);
      bytes[place >> 3] = (bytes[place >> 3] ?? 0) ^ (1 << (place & 7));
      expect(readProven(bytes)).toBeUndefined();
      const left = readChecked(bytes);
      if (left === undefined) return;
      // A bit inside the word `sum` makes it a key like any other; the data stand there as they were.
      for (const [key, value] of Object.entries(JSON.parse(json))) expect(left).toHaveProperty([key], value);
    }),
    { numRuns: 1000 },
  );
});

test('files from before there were checksums are read, but not taken for proven', () => {
  const bytes = Buffer.from('{"a":1}');
  expect(readChecked(bytes)).toEqual({ a: 1 });
  expect(readProven(bytes)).toBeUndefined();
  expect(readChecked(Buffer.from('{"a":'))).toBeUndefined();
});
