import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Closing } from './closing';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const told: string[] = [];
  const closing: Closing = new Closing({
    ask: () => told.push('asked'),
    close: () => told.push(`closed ${closing.mayClose}`),
    patience: 5000,
  });
  return { closing, told };
}

test('a page that hears decides by itself, however long it takes', () => {
  const { closing, told } = open();
  closing.request();
  closing.heard();
  vi.advanceTimersByTime(600_000);
  expect(told).toEqual(['asked']);
  closing.allow();
  expect(told).toEqual(['asked', 'closed true']);
});

test('a page that does not hear is closed after its time, once', () => {
  const { closing, told } = open();
  closing.request();
  vi.advanceTimersByTime(3000);
  closing.request();
  vi.advanceTimersByTime(1999);
  expect(told).toEqual(['asked', 'asked']);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(['asked', 'asked', 'closed true']);
});

test('a page that hangs only the second time is closed then', () => {
  const { closing, told } = open();
  closing.request();
  closing.heard();
  closing.request();
  vi.advanceTimersByTime(5000);
  expect(told).toEqual(['asked', 'asked', 'closed true']);
});
