import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fitPlace, readWindowPlace, writeWindowPlace } from './window-place';

const folder = mkdtempSync(join(tmpdir(), 'modelyard-place-'));
afterAll(() => rmSync(folder, { recursive: true }));

const screens = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: 1920, y: 0, width: 1280, height: 800 },
];

test('a window comes back where it stood, on any screen', () => {
  const place = { x: 2000, y: 40, width: 1100, height: 700, isMaximized: true };
  writeWindowPlace(folder, place);
  expect(readWindowPlace(folder, screens)).toEqual(place);
  expect(readdirSync(folder)).toEqual(['window-place.json']);
});

test('a screen that is gone leaves only the size, no larger than the main screen', () => {
  const place = { x: 5000, y: 40, width: 3000, height: 2000, isMaximized: false };
  expect(fitPlace(place, screens)).toEqual({ width: 1920, height: 1080, isMaximized: false });
});

test('a file that is none begins at the usual size', () => {
  writeFileSync(join(folder, 'window-place.json'), '{"width":"wide","x":1e999');
  expect(readWindowPlace(folder, screens)).toEqual({ width: 1440, height: 900, isMaximized: false });
  expect(readWindowPlace(join(folder, 'none'), [])).toEqual({ width: 1440, height: 900, isMaximized: false });
});

test.each([null, 7, [], { width: -5, height: 0 }, { x: 'a', y: Number.NaN }])('%o is made a place', (value) => {
  const { width, height } = fitPlace(value, screens);
  expect(width).toBeGreaterThanOrEqual(960);
  expect(height).toBeGreaterThanOrEqual(600);
});
